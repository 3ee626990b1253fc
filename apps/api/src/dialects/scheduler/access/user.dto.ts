import { ROLES, type Role } from '#domain/permissions.js';
import { PASSWORD_MIN_LENGTH } from '#identity/passwords/password-policy.js';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';
import { ChoiceField, FlagField, TextField } from '../input/fields.js';
import { PageOf50Query } from '../input/page.dto.js';

const USERNAME = { description: 'Letters, digits and . _ @ -, at most 100; kept in lower case.', minLength: 1, maxLength: 100, example: 'zoe' };
const ROLE = { description: 'What the user may do.', values: ROLES, example: 'Operator' };
const EMAIL_MAX_LENGTH = 255;
/** What a mailbox needs at least; whether it exists, only a letter can tell. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** A password that is to be set; how good it must be is decided by the policy. */
const NEW_PASSWORD = { minLength: 1, maxLength: 1024, required: true, example: 'correct horse battery' };
const PASSWORD_RULE = `At least ${String(PASSWORD_MIN_LENGTH)} characters, none of the passwords that are tried first.`;

/** An email address, or null for none. */
function EmailField(): PropertyDecorator {
  const isEmail = (value: unknown): boolean => typeof value === 'string' && value.length <= EMAIL_MAX_LENGTH && EMAIL.test(value);
  const check = ValidateBy(
    { name: 'isEmail', validator: { validate: isEmail } },
    { message: 'value is not a valid email address', context: { kind: 'value_error.email' } },
  );
  const schema = { type: 'string', format: 'email', maxLength: EMAIL_MAX_LENGTH, nullable: true, required: false } as const;
  return (target, property) => {
    ApiProperty({ ...schema, description: 'Null: none.', example: 'zoe@example.com' })(target, property);
    ValidateIf((_input, value: unknown) => value !== undefined && value !== null)(target, property);
    check(target, property);
  };
}

export class UserListQuery extends PageOf50Query {
  @TextField({ description: 'Part of the username or email address, in any case, taken literally.', minLength: 0, maxLength: 255, example: 'zoe' })
  q?: string;
}

export class CreateUserRequest {
  @TextField({ ...USERNAME, required: true })
  username!: string;

  @EmailField()
  email?: string | null;

  @TextField({ ...NEW_PASSWORD, description: PASSWORD_RULE })
  password!: string;

  @ChoiceField({ ...ROLE, required: true })
  role!: Role;
}

export class UpdateUserRequest {
  @EmailField()
  email?: string | null;

  @ChoiceField(ROLE)
  role?: Role;

  @FlagField({ description: 'Whether the account may be used. Its logins end and its API keys stop when it may not.', example: true })
  isActive?: boolean;
}

export class SetPasswordRequest {
  @TextField({ ...NEW_PASSWORD, description: PASSWORD_RULE })
  password!: string;
}

export class ChangePasswordRequest {
  @TextField({ ...NEW_PASSWORD, description: 'The present password.' })
  currentPassword!: string;

  @TextField({ ...NEW_PASSWORD, description: PASSWORD_RULE })
  newPassword!: string;
}
