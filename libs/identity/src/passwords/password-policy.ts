/** Shortest password that may be set. 15 is recommended. Characters. */
export const PASSWORD_MIN_LENGTH = 8;
/** Longest password that may be set; none is cut. Characters. */
export const PASSWORD_MAX_LENGTH = 128;

/** The most used passwords of at least eight characters, the demo accounts' and those of samples. Lower case. */
const COMMON = new Set(
  `password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 11111111 00000000
   88888888 87654321 987654321 123123123 12341234 11223344 qwertyui qwertyuiop qwerty123 qwerty12 1qaz2wsx 1q2w3e4r
   1q2w3e4r5t zaq12wsx asdfghjk asdfghjkl abc12345 abcd1234 a1b2c3d4 iloveyou sunshine princess football baseball
   superman batman123 starwars whatever trustno1 welcome1 welcome123 letmein1 letmein123 admin123 admin1234 admin12345
   administrator adminadmin changeme changeme1 change_me changeit default1 default123 secret123 topsecret testtest
   test1234 testing123 computer internet michelle jennifer liverpool corvette mercedes maverick samantha
   passwort passwort1 hallo123 postgres postgres1 rootroot toor1234 operator operator1 viewer123 takt1234 scheduler`
    .split(/\s+/)
    .filter((word) => word.length > 0),
);

/** Says why `password` may not be set for `username`, in words; null when it may. */
export function passwordObjection(password: string, username: string): string | null {
  if (password.length < PASSWORD_MIN_LENGTH) return `must have at least ${PASSWORD_MIN_LENGTH} characters`;
  if (password.length > PASSWORD_MAX_LENGTH) return `must have at most ${PASSWORD_MAX_LENGTH} characters`;
  const folded = password.toLowerCase();
  if (COMMON.has(folded) || new Set(folded).size < 3) return 'is one of the passwords that are tried first';
  if (folded === username || folded === `${username}${username}`) return 'must not be the username';
  return null;
}
