// The words of the page in the language chosen, and how times, days and sizes are written in it.

const KEPT = "bagyt.language";
const LANGUAGES = ["kk", "ru"];
let words = {};
let current = "kk";

export const languages = () => LANGUAGES;
export const language = () => current;

/** The language kept from last time, else the browser's, else Kazakh. */
export function preferred() {
  const kept = localStorage.getItem(KEPT);
  if (LANGUAGES.includes(kept)) return kept;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => LANGUAGES.includes(tag));
  return wanted ?? "kk";
}

export async function speak(tag) {
  const response = await fetch(`/words/${tag}.json`);
  if (!response.ok) throw new Error(`/words/${tag}.json: ${response.status}`);
  words = await response.json();
  current = tag;
  document.documentElement.lang = tag;
  document.title = words.title;
  localStorage.setItem(KEPT, tag);
}

/** The words of a key, its {places} filled in. */
export function t(key, values = {}) {
  const text = words[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

// Not every browser knows how Kazakh writes dates and numbers, so they are written by our own words.

const moment = (seconds) => new Date(seconds * 1000);
const twoDigits = (number) => String(number).padStart(2, "0");

export function time(seconds) {
  const then = moment(seconds);
  return `${twoDigits(then.getHours())}:${twoDigits(then.getMinutes())}`;
}

export function day(seconds) {
  const then = moment(seconds);
  const today = new Date();
  if (then.toDateString() === today.toDateString()) return t("today");
  const parts = { day: then.getDate(), month: t("months").split(" ")[then.getMonth()], year: then.getFullYear() };
  return t(then.getFullYear() === today.getFullYear() ? "date" : "date.year", parts);
}

export const dayKey = (seconds) => moment(seconds).toDateString();

export function size(bytes) {
  const units = ["size.b", "size.kb", "size.mb"];
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const isSmall = amount < 10 && unit > 0;
  const shown = amount.toFixed(isSmall ? 1 : 0).replace(/\.0$/, "").replace(".", ",");
  return `${shown}\u00a0${t(units[unit])}`;
}

/** What a person is called on the page. */
export const personName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

/** What a person of the cast is there for. */
export function roleName({ role_hint: role }) {
  return words[`role.${role}`] ?? role ?? "";
}
