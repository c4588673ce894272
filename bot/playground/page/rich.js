// Formatted text: Telegram's entities become elements; a text is only ever put in as text.

import { button, el } from "./dom.js";
import { t } from "./words.js";

const WRAPPERS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const OUTSIDE = new Set(["http:", "https:", "mailto:", "tel:"]);
const TELEGRAM = new Set(["t.me", "telegram.me", "telegram.dog"]);

/** Where an address leads: into a chat with our bot, outside, or (not allowed) nowhere. */
export function destination(address, botName) {
  let url;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`);
  } catch {
    return null;
  }
  const ours = (name) => Boolean(name) && name.toLowerCase() === botName.toLowerCase();
  if (url.protocol === "tg:") {
    const bot = url.searchParams.get("domain");
    return ours(bot) ? { payload: url.searchParams.get("start") ?? "" } : null;
  }
  if (!OUTSIDE.has(url.protocol)) return null;
  const leadsToBot = TELEGRAM.has(url.hostname) && ours(url.pathname.slice(1)) && !url.searchParams.has("startgroup");
  return leadsToBot ? { payload: url.searchParams.get("start") ?? "" } : { href: url.href };
}

/** An outside link: a new tab that knows nothing of this one. */
export const outside = (href, ...children) =>
  el("a", { href, target: "_blank", rel: "noopener noreferrer", title: href }, ...children);

function link(address, children, hands) {
  const leads = destination(address, hands.botName());
  if (leads === null) return el("span", { class: "dead-link", title: t("link.refused") }, ...children);
  if (leads.href === undefined) {
    return button("inline-link", () => hands.start(leads.payload), {}, ...children);
  }
  return outside(leads.href, ...children);
}

/** A link whose words are not its address: the address is shown before anything opens. */
function namedLink(address, children, hands) {
  const node = link(address, children, hands);
  if (node.tagName === "A") {
    node.addEventListener("click", (event) => {
      event.preventDefault();
      hands.openOutside(node.href);
    });
  }
  return node;
}

function spoiler(children) {
  const inner = el("span", { class: "veiled", inert: true }, ...children);
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler") }, inner);
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    inner.removeAttribute("inert");
    node.classList.add("seen");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
    node.removeEventListener("click", reveal);
    node.removeEventListener("keydown", reveal);
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", reveal);
  return node;
}

function expandable(children) {
  const quote = el("blockquote", { class: "folded" }, ...children);
  const toggle = button("unfold", () => {
    const folded = quote.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.textContent = folded ? t("quote.more") : t("quote.less");
  }, { "aria-expanded": "false" }, t("quote.more"));
  return el("div", { class: "quote-box" }, quote, toggle);
}

function wrap(entity, covered, children, hands) {
  const tag = WRAPPERS[entity.type];
  if (tag) return el(tag, {}, ...children);
  switch (entity.type) {
    case "text_link":
      return namedLink(entity.url, children, hands);
    case "url":
      return link(covered, children, hands);
    case "email":
      return link(`mailto:${covered}`, children, hands);
    case "phone_number":
      return link(`tel:${covered.replace(/[^\d+]/g, "")}`, children, hands);
    case "bot_command":
      return button("inline-link", () => hands.say(covered), {}, ...children);
    case "spoiler":
      return spoiler(children);
    case "blockquote":
      return el("blockquote", {}, ...children);
    case "expandable_blockquote":
      return expandable(children);
    default:
      return el("span", {}, ...children);
  }
}

/** What stands between two entities; a block brings its own line breaks. */
function plain(text, afterBlock, beforeBlock) {
  const begun = afterBlock ? text.replace(/^\n/, "") : text;
  return beforeBlock ? begun.replace(/\n$/, "") : begun;
}

function pieces(text, from, to, entities, hands) {
  const made = [];
  let at = from;
  let index = 0;
  let afterBlock = false;
  while (index < entities.length) {
    const entity = entities[index];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    index += 1;
    if (end <= start) continue;
    const within = [];
    while (index < entities.length && entities[index].offset < end) {
      within.push(entities[index]);
      index += 1;
    }
    const isBlock = BLOCKS.has(entity.type);
    if (start > at) made.push(plain(text.slice(at, start), afterBlock, isBlock));
    afterBlock = isBlock;
    made.push(wrap(entity, text.slice(start, end), pieces(text, start, end, within, hands), hands));
    at = end;
  }
  if (at < to) made.push(plain(text.slice(at, to), afterBlock, false));
  return made;
}

/** Text with its entities (offsets are UTF-16 units in Telegram and in JavaScript alike). */
export function formatted(text, entities, hands) {
  const sorted = [...(entities ?? [])].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return el("div", { class: "text", dir: "auto" }, ...pieces(text, 0, text.length, sorted, hands));
}
