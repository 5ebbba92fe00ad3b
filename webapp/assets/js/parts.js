// GOV.UK Frontend's own behaviours, for the components that this site uses.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  PasswordInput,
  Radios,
  SkipLink,
  createAll,
} from "govuk-frontend";

export function startParts(scope) {
  // Each is started once: what HTMX leaves in the page keeps its own.
  for (const part of [Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios, SkipLink]) {
    createAll(part, undefined, { scope, onError: ignoreStarted });
  }
  scope.querySelector("[data-focus]")?.focus();
}

function ignoreStarted(error) {
  if (error.name !== "InitError") {
    throw error;
  }
}
