'use client';
import { useState } from 'react';
import { formErrors, type FormErrors } from './field-errors';
import { checksSummary, failedChecks, type Check } from './form-checks';

export interface CheckedForm {
  /** What is wrong by the checks, else what the API has said. */
  errors: FormErrors;
  /** Whether it may be sent; else the first wrong field takes the focus. */
  passes: (form: HTMLFormElement) => boolean;
}

/** @param fields names of the body's members that the form shows. @param refusal what the API said of the last attempt */
export function useFormChecks(checks: Readonly<Record<string, Check>>, refusal: Error | null, fields: readonly string[]): CheckedForm {
  const [found, setFound] = useState<Readonly<Record<string, string>>>({});
  const isWrong = Object.keys(found).length > 0;
  return {
    errors: isWrong ? { fields: found, general: checksSummary(found) } : formErrors(refusal, fields),
    passes: (form) => {
      const wrong = failedChecks(new FormData(form), checks);
      setFound(wrong);
      const [first] = Object.keys(wrong);
      const field = first === undefined ? null : form.elements.namedItem(first);
      if (field instanceof HTMLElement) field.focus();
      return first === undefined;
    },
  };
}
