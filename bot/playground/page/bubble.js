// One message (or one album) as a bubble: text, media, cards, buttons under it.

import { fileAddress } from "./api.js";
import { sign } from "./art.js";
import { avatar, button, el, icon, said, tinted } from "./dom.js";
import { destination, formatted, outside } from "./rich.js";
import { show } from "./sheets.js";
import { personName, size, t, time } from "./words.js";

/** Who said it, as the chat sees them: an anonymous admin speaks as the group. */
export const author = ({ sender_chat: group, from }) => group?.title ?? personName(from);

/** Service messages, and what their words need to be told. */
const SERVICE = {
  new_chat_members: (people) => ({ who: people.map(personName).join(", ") }),
  left_chat_member: (person) => ({ who: personName(person) }),
  migrate_to_chat_id: () => ({}),
  migrate_from_chat_id: () => ({}),
  new_chat_title: (name) => ({ name }),
  forum_topic_created: (topic) => topic,
  forum_topic_edited: ({ name = "" }) => ({ name }),
  forum_topic_closed: () => ({}),
  forum_topic_reopened: () => ({}),
  pinned_message: () => ({}),
};

/** The line for what happened in a chat without anybody saying it; null for a real message. */
export function serviceLine(message) {
  const kind = Object.keys(SERVICE).find((key) => message[key] !== undefined);
  return kind ? t(`service.${kind}`, SERVICE[kind](message[kind])) : null;
}

/** A message in a few words: for lists, replies and screen readers. */
export function summary(message) {
  const line = serviceLine(message);
  if (line) return line;
  const words = message.text ?? message.caption;
  if (words) return words.replace(/\s+/g, " ").slice(0, 120);
  if (message.video_note || message.animation) return t("kind.video");
  if (message.document) return message.document.file_name ?? t("kind.document");
  if (message.venue) return message.venue.title;
  const kind = ["photo", "video", "voice", "audio", "sticker", "location", "contact"].find((name) => message[name]);
  return kind ? t(`kind.${kind}`) : t("kind.other");
}

const coordinates = ({ latitude, longitude }) => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

const mapAddress = ({ latitude, longitude }) =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;

function card(symbol, title, lines, extra) {
  return el("div", { class: "card" }, el("span", { class: "card-icon" }, icon(symbol)),
    el("div", { class: "card-body" }, said(title, "strong"),
      ...lines.filter(Boolean).map((line) => said(line, "span")), extra));
}

function documentCard(file, guarded) {
  const name = file.file_name ?? t("kind.document");
  const address = fileAddress(file.file_id);
  const save = t("file.save", { name });
  const open = outside(address, el("span", { class: "card-icon" }, icon("file")),
    el("span", { class: "card-body" }, said(name, "strong"), el("span", {}, size(file.file_size ?? 0))));
  open.className = "card file";
  open.title = guarded ? name : t("file.open", { name });
  open.setAttribute("aria-label", `${t("file.open", { name })}, ${size(file.file_size ?? 0)}`);
  return el("div", { class: "file-row" }, open,
    !guarded && el("a", { href: address, download: name, class: "round", "aria-label": save, title: save }, icon("down")));
}

function picture(message) {
  const largest = message.photo.at(-1);
  const address = fileAddress(largest.file_id);
  const description = message.caption ?? t("kind.photo");
  const { width, height } = largest;
  const image = el("img", { src: address, alt: description, width, height, draggable: "false" });
  const name = t("photo.open", { name: description });
  const opener = button("picture-button", () => show(address, description), { "aria-label": name }, image);
  if (message.has_media_spoiler) {
    opener.classList.add("veil");
    opener.addEventListener("click", (event) => {
      if (opener.classList.replace("veil", "unveiled")) event.stopImmediatePropagation();
    }, { capture: true });
  }
  return opener;
}

function media(message, guarded) {
  const player = (tag, file, extra = {}) =>
    el(tag, { controls: true, preload: "metadata", src: fileAddress(file.file_id), "aria-label": summary(message), ...extra });
  const guard = guarded ? { controlslist: "nodownload" } : {};
  if (message.photo) return picture(message);
  const film = message.video ?? message.video_note ?? message.animation;
  if (film) return player("video", film, guard);
  if (message.voice) return player("audio", message.voice, guard);
  if (message.audio) return player("audio", message.audio, guard);
  if (message.document) return documentCard(message.document, guarded);
  if (message.sticker) {
    const { file_id: id, emoji } = message.sticker;
    return el("img", { class: "sticker", src: fileAddress(id), alt: emoji ?? t("kind.sticker") });
  }
  if (message.venue) {
    return card("pin", message.venue.title, [message.venue.address, coordinates(message.venue.location)],
      outside(mapAddress(message.venue.location), t("map.open")));
  }
  if (message.location) {
    const { location } = message;
    return card("pin", t("kind.location"), [coordinates(location)], outside(mapAddress(location), t("map.open")));
  }
  if (message.contact) {
    return card("person", personName(message.contact), [message.contact.phone_number],
      message.contact.user_id ? null : el("small", {}, t("contact.outside")));
  }
  return null;
}

function quoted(reply, hands) {
  return button("quoted", () => hands.goTo(reply.message_id), {},
    said(author(reply), "strong"), said(summary(reply), "span"));
}

function forwardedLine(origin) {
  const { sender_user: user, sender_user_name: name, sender_chat: group, chat } = origin;
  const from = user ? personName(user) : name ?? (group ?? chat).title;
  return said(t("forwarded", { who: from }), "p", { class: "forwarded" });
}

function inlineButton(spec, at, entry, hands) {
  const label = said(spec.text, "span");
  if (spec.url !== undefined) {
    const leads = destination(spec.url, hands.botName());
    const act = () => (leads?.href === undefined ? leads && hands.start(leads.payload) : hands.openOutside(leads.href));
    return button("key", act, { disabled: leads === null, title: leads?.href }, label, leads?.href && icon("out"));
  }
  if (spec.callback_data !== undefined) {
    return button("key", (event) => hands.press(entry, at, event.currentTarget), {}, label);
  }
  const query = spec.switch_inline_query_current_chat ?? spec.switch_inline_query;
  if (query !== undefined) return button("key", () => hands.typeInline(query), {}, label);
  if (spec.copy_text !== undefined) return button("key", () => hands.copy(spec.copy_text.text), {}, label);
  return button("key", null, { disabled: true, title: t("button.unknown") }, label);
}

function keys(entry, hands) {
  const rows = entry.message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  return el("div", { class: "keys", role: "group", "aria-label": t("buttons") },
    ...rows.map((buttons, row) => el("div", { class: "key-row" },
      ...buttons.map((spec, col) => inlineButton(spec, { row, col }, entry, hands)))));
}

function stamp(entry, hands) {
  const { message } = entry;
  const marks = [message.edit_date ? t("edited") : null, time(message.date)].filter(Boolean).join(" ");
  const guarded = message.has_protected_content
    ? el("span", { class: "guard", title: t("protected") }, icon("lock"), el("span", { class: "unseen" }, t("protected")))
    : null;
  return button("stamp", (event) => hands.openActions(entry, event.currentTarget),
    { tabindex: "-1", "aria-haspopup": "menu", "aria-label": t("message.actions", { marks }) }, guarded, marks);
}

/** The node for a run of entries: one message, or the messages of an album. */
export function bubble(entries, { seat, hands }) {
  const first = entries[0].message;
  const last = entries.at(-1);
  const line = serviceLine(first);
  if (line) return el("div", { class: "service", data: { message: first.message_id } }, said(line, "span"));

  const mine = !first.sender_chat && first.from?.id === seat.person;
  const speaker = (first.sender_chat ?? first.from).id;
  const isGroup = first.chat.type !== "private";
  const guarded = Boolean(first.has_protected_content);
  const captioned = entries.find(({ message }) => message.caption) ?? entries[0];
  const words = captioned.message.text ?? captioned.message.caption;
  const inner = entries.map(({ message }) => media(message, guarded)).filter(Boolean);
  const isGrid = entries.length > 1 && entries.every(({ message }) => message.photo || message.video);
  const isPictureAlone = inner.length === 1 && Boolean(first.photo || first.video);

  const kinds = ["bubble", isPictureAlone && "with-picture", guarded && "protected"];
  const body = el("div", { class: kinds.filter(Boolean).join(" ") },
    isGroup && !mine ? tinted(said(author(first), "p", { class: "author" }), speaker) : null,
    first.forward_origin ? forwardedLine(first.forward_origin) : null,
    first.via_bot ? el("p", { class: "forwarded" }, t("via", { bot: first.via_bot.username })) : null,
    first.reply_to_message && !serviceLine(first.reply_to_message) ? quoted(first.reply_to_message, hands) : null,
    inner.length > 1 ? el("div", { class: isGrid ? "grid" : "pile" }, ...inner) : inner[0] ?? null,
    words ? formatted(words, captioned.message.entities ?? captioned.message.caption_entities, hands) : null,
    stamp(last, hands));
  body.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, img, .text") && !guarded) return;
    event.preventDefault();
    hands.openActions(last, body.querySelector(".stamp"));
  });

  return el("article", { class: mine ? "message mine" : "message", tabindex: "-1", data: { message: first.message_id },
    "aria-label": t("message.by", { who: mine ? t("you") : author(first), time: time(first.date) }) },
  isGroup && !mine ? (entries[0].from_bot ? sign() : avatar(author(first), speaker)) : null,
  el("div", { class: "stack" }, body, keys(last, hands)));
}
