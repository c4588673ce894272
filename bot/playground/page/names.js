// How people are called on the page.

import { has, t } from "./words.js";

export const personName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

/** What a person of the cast is there for, in the page's language. */
export function roleName(person) {
  const key = `role.${person.role_hint}`;
  return has(key) ? t(key) : person.role_hint ?? "";
}
