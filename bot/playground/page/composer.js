// The foot of a chat: typing, attaching, commands, inline results, and the bot's reply keyboard.

import { shareContact, sharePlace } from "./acts.js";
import * as api from "./api.js";
import { author, summary } from "./bubble.js";
import { button, el, icon, iconButton, said } from "./dom.js";
import { openMenu } from "./sheets.js";
import { language, size, t } from "./words.js";

const TYPED_PAUSE = 250;

let picked = 0;

function kindOf(file, asFile) {
  if (asFile) return "document";
  if (/^image\/(jpeg|png|webp|gif)$/.test(file.type)) return "photo";
  if (file.type.startsWith("video/")) return "video";
  return "document";
}

/** The keyboard the bot last put under the chat, or null once taken away. */
function lastKeyboard(entries) {
  const last = entries.findLast(({ keyboard }) => keyboard);
  return last?.keyboard.keyboard ? { ...last.keyboard, id: last.message.message_id } : null;
}

export class Composer {
  #about = null;
  #files = [];
  #options = [];
  #marked = -1;
  #typed = null;
  #used = null;
  #isKeyboardShown = true;
  #drawn = "";

  constructor(column) {
    this.column = column;
    this.listId = `suggestions-${(picked += 1)}`;
    this.field = el("textarea", { rows: "1", dir: "auto", maxlength: "8192", enterkeyhint: "send",
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listId });
    this.list = el("div", { class: "suggestions", id: this.listId, role: "listbox", hidden: true });
    this.about = el("div", { class: "about", hidden: true });
    this.files = el("ul", { class: "files", hidden: true });
    this.picker = el("input", { type: "file", multiple: true, hidden: true, tabindex: "-1" });
    this.bar = el("div", { class: "bar" });
    this.keyboard = el("div", { class: "keyboard", role: "group", hidden: true });
    this.node = el("footer", { class: "composer" }, this.list, this.about, this.files, this.bar, this.keyboard, this.picker);
    this.field.addEventListener("input", () => this.#onInput());
    this.field.addEventListener("keydown", (event) => this.#onKey(event));
    this.picker.addEventListener("change", () => this.#onPicked());
  }

  focus() {
    (this.field.isConnected ? this.field : this.bar.querySelector("button"))?.focus();
  }

  write(text) {
    this.field.value = text;
    this.focus();
    this.#onInput();
  }

  /** What the foot looks like depends on the person: blocked, not started yet, or talking. */
  refresh() {
    const { column } = this;
    const { isPrivate, person, seat, town } = column;
    const isEmpty = isPrivate && town.isLoaded(seat.chat) && !town.last(seat.chat);
    const look = isPrivate && person.blocked_bot ? "blocked" : isEmpty ? "start" : "talk";
    const keyboard = lastKeyboard(town.messages(seat.chat));
    const drawn = `${look} ${language()} ${keyboard?.id ?? ""} ${this.#used} ${this.#isKeyboardShown}`;
    if (drawn === this.#drawn) return;
    const hadFocus = this.node.contains(document.activeElement);
    this.#drawn = drawn;
    this.#drawBar(look, keyboard);
    this.#drawKeyboard(look === "talk" ? keyboard : null);
    if (hadFocus && !this.node.contains(document.activeElement)) this.focus();
  }

  #drawBar(look, keyboard) {
    const { column } = this;
    this.bar.className = `bar ${look}`;
    if (look === "blocked") {
      const unblock = () => column.attempt(() => api.changePerson(column.seat.person, { blocked_bot: false }));
      this.bar.replaceChildren(button("main wide", unblock, {}, t("unblock")));
      return;
    }
    if (look === "start") {
      this.bar.replaceChildren(button("main wide", () => column.start(""), {}, t("start")));
      return;
    }
    const commands = iconButton("menu", t("commands"), () => this.#openCommands(commands), { "aria-haspopup": "menu" });
    const attach = iconButton("clip", t("attach"), () => this.#openAttach(attach), { "aria-haspopup": "menu" });
    this.field.placeholder = keyboard?.input_field_placeholder ?? t("message.placeholder");
    this.field.setAttribute("aria-label", t("message.label"));
    const flip = keyboard && keyboard.id !== this.#used
      && iconButton("keyboard", t("keyboard.toggle"), () => this.#flipKeyboard(), { "aria-expanded": String(this.#isKeyboardShown) });
    this.bar.replaceChildren(...[commands, attach, this.field, flip,
      iconButton("send", t("send"), () => this.send(), { class: "round send" })].filter(Boolean));
  }

  #flipKeyboard() {
    this.#isKeyboardShown = !this.#isKeyboardShown;
    this.refresh();
  }

  #drawKeyboard(keyboard) {
    const isShown = Boolean(keyboard) && keyboard.id !== this.#used && this.#isKeyboardShown;
    this.keyboard.hidden = !isShown;
    this.keyboard.setAttribute("aria-label", t("keyboard"));
    const rows = isShown ? keyboard.keyboard : [];
    this.keyboard.replaceChildren(...rows.map((row) => el("div", { class: "key-row" }, ...row.map((spec) => {
      return button("reply-key", () => this.#useKey(spec, keyboard), {},
        spec.request_location ? icon("pin") : null, spec.request_contact ? icon("person") : null, said(spec.text, "span"));
    }))));
  }

  #useKey(spec, keyboard) {
    const used = () => {
      if (!keyboard.one_time_keyboard) return;
      this.#used = keyboard.id;
      this.refresh();
    };
    if (spec.request_location) sharePlace(this.column, used);
    else if (spec.request_contact) shareContact(this.column, used);
    else this.column.say(spec.text).then((sent) => sent && used());
  }

  #commands() {
    const { bot } = this.column.town;
    const own = bot.commands[this.column.person.language_code];
    return own?.length ? own : bot.commands[""] ?? [];
  }

  #openCommands(anchor) {
    const commands = this.#commands().map(({ command, description }) => ({
      label: `/${command}`, hint: description, act: () => this.column.say(`/${command}`),
    }));
    openMenu(anchor, commands.length ? commands : [{ label: "/start", act: () => this.column.start("") }], t("commands"));
  }

  #openAttach(anchor) {
    const pick = (accept, kind) => () => {
      this.picker.accept = accept;
      this.pickedKind = kind;
      this.picker.click();
    };
    openMenu(anchor, [
      { label: t("attach.photo"), act: pick("image/*,video/*", null) },
      { label: t("attach.file"), act: pick("", "document") },
      { label: t("attach.voice"), act: pick("audio/*,.ogg,.oga", "voice") },
      { label: t("attach.sticker"), act: pick("image/webp,.webp,.tgs,.webm", "sticker") },
      { label: t("attach.location"), act: () => sharePlace(this.column) },
      { label: t("attach.contact"), act: () => shareContact(this.column) },
    ], t("attach"));
  }

  #onPicked() {
    this.attach([...this.picker.files], this.pickedKind);
    this.picker.value = "";
  }

  /** Puts files above the field; they go out with the next "send", several as one album. */
  attach(files, kind = null) {
    this.#files.push(...files.map((file) => ({ file, kind: kind ?? kindOf(file, false) })));
    this.#drawFiles();
    this.focus();
  }

  #drawFiles() {
    this.files.hidden = !this.#files.length;
    this.files.replaceChildren(...this.#files.map((item) => {
      const { name, size: bytes } = item.file;
      const remove = () => {
        this.#files = this.#files.filter((other) => other !== item);
        this.#drawFiles();
        this.focus();
      };
      return el("li", {}, icon("file"), said(name, "span"), el("small", {}, size(bytes)),
        iconButton("close", t("attach.remove", { name }), remove));
    }));
  }

  replyTo(message) {
    this.#setAbout({ kind: "reply", message });
  }

  rewrite(message) {
    this.#setAbout({ kind: "edit", message });
    this.field.value = message.text ?? message.caption;
    this.#onInput();
  }

  #setAbout(about) {
    this.#about = about;
    this.about.hidden = !about;
    if (about) {
      const head = about.kind === "edit" ? t("about.edit") : t("about.reply", { who: author(about.message) });
      this.about.replaceChildren(el("div", {}, said(head, "strong"), said(summary(about.message), "span")),
        iconButton("close", t("about.cancel"), () => this.#dropAbout()));
    }
    this.focus();
  }

  #dropAbout() {
    if (this.#about?.kind === "edit") this.field.value = "";
    this.#setAbout(null);
  }

  async send() {
    const text = this.field.value.trim();
    const about = this.#about;
    const files = this.#files;
    if (!text && !files.length) return;
    const isSent = await this.column.attempt(async () => {
      if (about?.kind === "edit") await api.edit(this.column.seat, about.message.message_id, text);
      else if (files.length) await this.#sendFiles(files, text, about);
      else await this.column.tell(text, { reply_to: about?.message.message_id });
      return true;
    });
    if (!isSent) return;
    this.#files = this.#files.filter((item) => !files.includes(item));
    this.#drawFiles();
    this.field.value = "";
    this.#onInput();
    this.#setAbout(null);
  }

  async #sendFiles(files, caption, about) {
    const album = files.length > 1 ? crypto.randomUUID() : undefined;
    for (const [index, { file, kind }] of files.entries()) {
      await api.upload(this.column.seat, file, kind, {
        album, caption: index === 0 ? caption : undefined, reply_to: about?.message.message_id, thread: this.column.thread,
      });
    }
  }

  #onInput() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
    clearTimeout(this.#typed);
    const text = this.field.value;
    const [, bot, query] = text.match(/^@(\w+)\s([^]*)$/) ?? [];
    const { column } = this;
    if (bot?.toLowerCase() === column.town.bot.username.toLowerCase()) {
      this.#typed = setTimeout(() => column.attempt(() => api.inline(column.seat, query)), TYPED_PAUSE);
    } else if (/^\/\w*$/.test(text)) {
      const fitting = this.#commands().filter(({ command }) => `/${command}`.startsWith(text));
      this.#suggest(fitting.map(({ command, description }) => ({
        title: `/${command}`, note: description, pick: () => column.say(`/${command}`).then(() => this.write("")),
      })));
    } else {
      this.#suggest([]);
    }
  }

  /** Results of an inline query of this person, as the bot answered them. */
  onResults({ query_id: queryId, person, results }) {
    if (person !== this.column.seat.person || !this.field.value.startsWith("@")) return;
    this.#suggest(results.map((result) => ({
      title: result.title ?? result.id,
      note: result.description,
      pick: async () => {
        const chosen = await this.column.attempt(() => api.choose(this.column.seat, queryId, result.id));
        if (chosen) this.write("");
      },
    })), t("inline.none"));
  }

  #suggest(options, emptyWords = "") {
    this.#options = options;
    this.#marked = -1;
    const isShown = options.length > 0 || Boolean(emptyWords);
    this.list.hidden = !isShown;
    this.list.setAttribute("aria-label", t("suggestions"));
    this.field.setAttribute("aria-expanded", String(isShown));
    this.field.removeAttribute("aria-activedescendant");
    const keepFocus = (event) => event.preventDefault();
    this.list.replaceChildren(...options.map((option, index) => el("div", {
      role: "option", id: `${this.listId}-${index}`, "aria-selected": "false",
      on: { pointerdown: keepFocus, click: () => this.#pick(index) },
    }, said(option.title, "strong"), option.note && said(option.note, "span"))));
    if (!options.length && emptyWords) this.list.append(el("p", { role: "option", "aria-disabled": "true" }, emptyWords));
  }

  #mark(index) {
    const count = this.#options.length;
    this.#marked = ((index % count) + count) % count;
    const nodes = [...this.list.children];
    const node = nodes[this.#marked];
    for (const each of nodes) each.setAttribute("aria-selected", String(each === node));
    node.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", node.id);
  }

  #pick(index) {
    const option = this.#options[index];
    this.#suggest([]);
    option.pick();
  }

  #onKey(event) {
    if (event.isComposing) return;
    if (this.#options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.#mark(event.key === "ArrowDown" ? this.#marked + 1 : Math.max(this.#marked, 0) - 1);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (this.#marked >= 0) this.#pick(this.#marked);
      else this.send();
    } else if (event.key === "Escape") {
      if (!this.list.hidden) this.#suggest([]);
      else if (this.#about) this.#dropAbout();
    } else if (event.key === "ArrowUp" && !this.field.value) {
      const { seat, town } = this.column;
      const own = town.messages(seat.chat).findLast(({ message }) => message.from.id === seat.person && message.text);
      if (!own) return;
      event.preventDefault();
      this.rewrite(own.message);
    }
  }
}
