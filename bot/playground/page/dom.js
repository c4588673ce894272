// Building the page from values: elements, icons, and nothing that parses markup.

import { shape } from "./art.js";

/** An element with properties and children; strings become text, never markup. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "data") {
      Object.assign(node.dataset, value);
    } else {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** What a person wrote: kept from turning its surroundings round by direction marks. */
export const said = (text, tag = "bdi", props = {}) => el(tag, { dir: "auto", ...props }, String(text));

const PATHS = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  beside: "M4 5h7v14H4zM14.5 5H20v14h-5.5z",
  plus: "M12 5v14M5 12h14",
  send: "M4.5 12L20 4.5 15.5 20l-3.8-6.2zM11.7 13.8L20 4.5",
  clip: "M19 11.5l-7.2 7.2a4.6 4.6 0 01-6.5-6.5l7.7-7.7a3.1 3.1 0 014.4 4.4l-7.6 7.5a1.5 1.5 0 01-2.2-2.1l6.9-6.9",
  menu: "M5 7h14M5 12h14M5 17h9",
  keyboard: "M3 7h18v10H3zM7 10.5v.01M10.3 10.5v.01M13.7 10.5v.01M17 10.5v.01M8.5 13.8h7",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  pin: "M12 21s-6.5-6.2-6.5-11a6.5 6.5 0 0113 0c0 4.8-6.5 11-6.5 11zM12 12.2a2.2 2.2 0 100-4.4 2.2 2.2 0 000 4.4z",
  person: "M12 11.5a3.7 3.7 0 100-7.4 3.7 3.7 0 000 7.4zM4.8 20c.6-3.7 3.4-5.8 7.2-5.8s6.6 2.1 7.2 5.8",
  group: "M9 11a3.2 3.2 0 100-6.4A3.2 3.2 0 009 11zM3 19c.5-3.2 2.8-5 6-5s5.5 1.8 6 5M16 11.2a2.7 2.7 0 100-5.4M17.5 14.3c2 .5 3.2 2.1 3.6 4.7",
  lock: "M6.5 11h11v9h-11zM9 11V8a3 3 0 016 0v3",
  down: "M6 9l6 6 6-6",
  check: "M5 12.500l4.5 4.500L19 7.5",
  out: "M9 6H5v13h13v-4M13 5h6v6M19 5l-8.5 8.5",
};

/** A line drawing that is decoration only: its button carries the name. */
export const icon = (name) =>
  shape("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, shape("path", { d: PATHS[name] }));

/** A button of a kind (its class) and what it does. */
export const button = (kind, act, props = {}, ...children) =>
  el("button", { type: "button", class: kind, on: { click: act }, ...props }, ...children);

export const iconButton = (name, label, act, props = {}) =>
  button("round", act, { "aria-label": label, title: label, ...props }, icon(name));

/** A colour of one's own, taken from the id. */
export function tinted(node, id) {
  node.classList.add("tinted");
  node.style.setProperty("--hue", (Math.abs(id) * 67) % 360);
  return node;
}

/** A round picture made of the first letters of a name. */
export function avatar(name, id) {
  const words = String(name).trim().split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => [...word.replace(/^[^\p{L}\p{N}]+/u, "")][0]).join("");
  return tinted(el("span", { class: "avatar", "aria-hidden": "true" }, letters.toUpperCase() || "?"), id);
}
