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

// `arrived` is the document, or an element that HTMX brought.
export function startParts(arrived) {
  // The element may be a component itself, and only what is inside a scope is looked at.
  // Each is started once: what was in the page before keeps its own.
  const scope = arrived.parentElement ?? document;
  for (const part of [Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios, SkipLink]) {
    createAll(part, undefined, { scope, onError: ignoreStarted });
  }
  const first = arrived.matches?.("[data-focus]") ? arrived : arrived.querySelector("[data-focus]");
  first?.focus();
}

function ignoreStarted(error) {
  if (error.name !== "InitError") {
    throw error;
  }
}
