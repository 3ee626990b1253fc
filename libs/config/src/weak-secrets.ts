/** Which secrets everybody knows. They are refused wherever Takt can be reached from outside the machine. */

/** Passwords of documentation, of demonstrations and of the tops of leaked lists. Compared without case and punctuation. */
const SAMPLE_PASSWORDS = new Set(
  'admin admin1 admin12 admin123 admin1234 admin12345 administrator root toor user guest test test123 demo demo123 takt takt123 operator op123 viewer view123 password password1 password12 password123 passw0rd p4ssword pass1234 secret secret123 changeme changeme123 changeit change letmein welcome welcome1 qwerty qwerty123 qwertyuiop abc123 abcd1234 iloveyou monkey dragon default example sample postgres redis 1234567 12345678 123456789 1234567890 0987654321 11111111 00000000 adminadmin passwordpassword'.split(
    ' ',
  ),
);

/** Words that only an example or a placeholder contains. */
const PLACEHOLDER_WORDS =
  /changeme|changethis|changeit|replaceme|replacethis|placeholder|yoursecret|yourjwt|yoursupersecret|supersecret|secretkey|jwtsecret|mysecret|notsosecret|insecure|example|samplesecret|defaultsecret|devsecret|testsecret|keyboardcat|password|dontuse|donotuse|inproduction|taktsecret/;

const MIN_PASSWORD_CHARACTERS = 8;
const MIN_DISTINCT_CHARACTERS = 10;
export const MIN_JWT_SECRET_BYTES = 32;

/** Why a password must not guard an account that the network can reach; null when nothing speaks against it. */
export function passwordWeakness(password: string): string | null {
  if (SAMPLE_PASSWORDS.has(folded(password))) return 'is a sample value that everybody knows';
  if (password.length < MIN_PASSWORD_CHARACTERS) return `has fewer than ${String(MIN_PASSWORD_CHARACTERS)} characters`;
  return new Set(password).size < 3 ? 'repeats the same characters' : null;
}

/** Why a signing secret can be guessed; null when nothing speaks against it. Its length is checked elsewhere. */
export function signingSecretWeakness(secret: string): string | null {
  if (PLACEHOLDER_WORDS.test(folded(secret))) return 'looks like a placeholder from an example';
  if (new Set(secret).size < MIN_DISTINCT_CHARACTERS) return 'uses too few different characters';
  if (isRepetition(secret)) return 'repeats a shorter text';
  return isSequence(secret) ? 'is the alphabet or the row of digits' : null;
}

function folded(secret: string): string {
  return secret.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** True for `abcabcabc`: the text occurs in its own double before the end of the first copy. */
function isRepetition(text: string): boolean {
  return `${text}${text}`.indexOf(text, 1) < text.length;
}

/** True when nearly every character is the successor of the one before it, as in `abcdefgh…0123456789`. */
function isSequence(text: string): boolean {
  let steps = 0;
  for (let at = 1; at < text.length; at += 1) if (text.charCodeAt(at) - text.charCodeAt(at - 1) === 1) steps += 1;
  return steps >= text.length * 0.8;
}
