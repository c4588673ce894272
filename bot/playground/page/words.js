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

export const has = (key) => key in words;

const moment = (seconds) => new Date(seconds * 1000);

export const time = (seconds) =>
  new Intl.DateTimeFormat(current, { hour: "2-digit", minute: "2-digit", hour12: false }).format(moment(seconds));

export function day(seconds) {
  const then = moment(seconds);
  const today = new Date();
  if (then.toDateString() === today.toDateString()) return t("today");
  const sameYear = then.getFullYear() === today.getFullYear();
  return new Intl.DateTimeFormat(current, { day: "numeric", month: "long", year: sameYear ? undefined : "numeric" }).format(then);
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
  const shown = new Intl.NumberFormat(current, { maximumFractionDigits: amount < 10 && unit > 0 ? 1 : 0 }).format(amount);
  return `${shown}\u00a0${t(units[unit])}`;
}
