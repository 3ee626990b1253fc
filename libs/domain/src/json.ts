/** Any value that survives a round trip through JSON. Results, arguments and wire bodies are made of these. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object with unknown members. */
export interface JsonObject {
  [member: string]: JsonValue;
}
