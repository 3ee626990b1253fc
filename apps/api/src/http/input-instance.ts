/**
 * Makes instances of request classes. class-transformer is not used for it: it walks into every object of a request and
 * asks it for its `constructor`, so that `{"name": {"constructor": "x"}}` broke it, and it drops such members from objects
 * that are the caller's own business. Here nothing is converted, copied or looked into unless the class says so.
 */
export type InputClass<Input extends object = object> = new () => Input;

interface MemberRules {
  readonly type?: () => InputClass;
  readonly convert?: (value: unknown) => unknown;
}

const RULES = 'takt:member-rules';

/** The member is an object, or a list of objects, of a class of its own; `@ValidateNested()` has to stand beside it. */
export function NestedMember(type: () => InputClass): PropertyDecorator {
  return addRules({ type });
}

/** The member is converted before it is checked; what cannot be converted is returned as it is. */
export function ConvertedMember(convert: (value: unknown) => unknown): PropertyDecorator {
  return addRules({ convert });
}

/** Turns received members into an instance of the class, unknown ones included. */
export function inputInstance<Input extends object>(type: InputClass<Input>, members: object): Input {
  const input = new type();
  const rules = rulesOf(input);
  for (const [name, value] of Object.entries(members)) {
    // Neither is a member of any request, and both would change what the instance is.
    if (name === '__proto__' || name === 'constructor') continue;
    Object.assign(input, { [name]: memberValue(value, Object.hasOwn(rules, name) ? rules[name] : undefined) });
  }
  return input;
}

function memberValue(value: unknown, rules: MemberRules | undefined): unknown {
  const converted = rules?.convert === undefined ? value : rules.convert(value);
  if (rules?.type === undefined) return converted;
  const type = rules.type();
  const nested = (item: unknown): unknown => (isMembers(item) ? inputInstance(type, item) : item);
  return Array.isArray(converted) ? converted.map(nested) : nested(converted);
}

function isMembers(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function addRules(rules: MemberRules): PropertyDecorator {
  return (target, property) => {
    const known = rulesOf(target);
    const name = String(property);
    Reflect.defineMetadata(RULES, { ...known, [name]: { ...known[name], ...rules } }, target);
  };
}

function rulesOf(target: object): Record<string, MemberRules | undefined> {
  return (Reflect.getMetadata(RULES, target) ?? {}) as Record<string, MemberRules | undefined>;
}
