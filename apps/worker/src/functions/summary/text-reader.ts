/** What reads a file's text, piece by piece. */
export interface TextReader {
  push(text: string): void;
  /** The file has ended. */
  end(): void;
}
