// One phone: a person's view of one chat, with its header, messages and composer.

import { chatMenu } from "./acts.js";
import * as api from "./api.js";
import { ornament, sign } from "./art.js";
import { author, bubble, summary } from "./bubble.js";
import { Composer } from "./composer.js";
import { avatar, button, el, iconButton, said } from "./dom.js";
import { destination } from "./rich.js";
import { alert, complain, form, leave, openMenu, toast } from "./sheets.js";
import { day, dayKey, language, personName, roleName, t } from "./words.js";

const TYPING_LASTS = 5000;
const ANSWER_AWAITED = 20000;
const NEAR_THE_END = 80;

/** Messages standing together: the pictures of one album are one bubble. */
function together(entries) {
  const runs = [];
  for (const entry of entries) {
    const album = entry.message.media_group_id;
    const run = album && runs.find(([first]) => first.message.media_group_id === album);
    if (run) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

export class Column {
  #shown = new Map();
  #topic = null;
  #detail = "";
  #typing = null;
  #stuck = true;
  #scrolled = 0;

  /** `seat` is who sits at which chat; `moves` lets the column ask the page for another view. */
  constructor(town, seat, moves) {
    this.town = town;
    this.seat = seat;
    this.moves = moves;
    this.hands = this.#makeHands();
    this.composer = new Composer(this);
    this.log = el("div", {
      class: "log", role: "log", tabindex: "0", "aria-live": "polite", "aria-relevant": "additions", "aria-busy": "true",
    });
    this.items = el("div", { class: "items" });
    this.log.append(this.items);
    this.header = el("header", { class: "chat-header" });
    this.topics = el("div", { class: "topics", role: "group" });
    this.toEnd = iconButton("down", t("to_end"), () => this.#scrollToEnd(), { class: "round to-end", hidden: true });
    const paper = el("div", { class: "paper" }, ornament(`${seat.person}-${seat.chat}`), this.log, this.toEnd);
    this.node = el("section", { class: "column", data: seat }, this.header, this.topics, paper, this.composer.node);
    this.node.addEventListener("focusin", () => moves.activate(this));
    this.node.addEventListener("pointerdown", () => moves.activate(this));
    this.log.addEventListener("scroll", () => this.#noticeScroll(), { passive: true });
    this.log.addEventListener("keydown", (event) => this.#walk(event));
    this.#takeFiles();
    const growth = new ResizeObserver(() => this.#stuck && this.#scrollToEnd());
    for (const part of [this.log, this.items]) growth.observe(part);
    this.refresh();
    town.open(seat).catch(complain);
  }

  get person() {
    return this.town.person(this.seat.person);
  }

  get group() {
    return this.town.group(this.seat.chat);
  }

  get isPrivate() {
    return this.seat.chat === this.seat.person;
  }

  get title() {
    return this.isPrivate ? this.town.bot.first_name : this.group.title;
  }

  /** Topic chosen, for a group with topics. */
  get thread() {
    return this.#topic ?? undefined;
  }

  focus() {
    this.composer.focus();
  }

  /** Draws what depends on people, groups and language. */
  refresh() {
    const { person } = this;
    if (!person || (!this.isPrivate && !this.group)) return;
    const label = t("chat.of", { who: personName(person), chat: this.title });
    this.node.setAttribute("aria-label", label);
    this.log.setAttribute("aria-label", t("log.of", { chat: label }));
    this.#drawHeader();
    this.#drawTopics();
    this.composer.refresh();
    this.redraw();
  }

  #drawHeader() {
    const { person } = this;
    this.#detail = this.isPrivate
      ? t("chat.as", { who: personName(person), role: roleName(person) })
      : t(this.isAnonymous ? "chat.group_anonymous" : "chat.group_as", { who: personName(person), n: this.group.members.length });
    this.subtitle = said(this.#detail, "span", { class: "subtitle" });
    const name = t("chat.menu");
    const openChatMenu = (event) => openMenu(event.currentTarget, chatMenu(this), name);
    const face = this.isPrivate ? sign() : avatar(this.title, this.seat.chat);
    this.header.replaceChildren(
      iconButton("back", t("back"), () => this.moves.toList(), { class: "round only-phone" }),
      el("span", { class: "owner" }, face, avatar(personName(person), person.id)),
      el("div", { class: "who" }, said(this.title, "h2"), this.subtitle),
      iconButton("more", name, openChatMenu, { "aria-haspopup": "menu" }),
      iconButton("close", t("chat.close"), () => this.moves.close(this), { class: "round only-wide" }),
    );
  }

  #drawTopics() {
    const topics = this.group?.topics ?? [];
    this.topics.hidden = !topics.length;
    if (!topics.length) return;
    this.topics.setAttribute("aria-label", t("topics"));
    const choice = (id, name) =>
      button("topic", () => this.#chooseTopic(id), { "aria-pressed": String(this.#topic === id) }, said(name, "span"));
    this.topics.replaceChildren(choice(null, t("topics.all")), ...topics.map((topic) => choice(topic.id, topic.name)));
  }

  #chooseTopic(id) {
    this.#topic = id;
    this.#stuck = true;
    this.#drawTopics();
    this.redraw();
    this.topics.querySelector("[aria-pressed=true]").focus();
  }

  #entries() {
    const all = this.town.messages(this.seat.chat);
    return this.#topic === null ? all : all.filter(({ message }) => message.message_thread_id === this.#topic);
  }

  /** Puts the messages on the paper; what is unchanged stays where it is, so that readers hear only news. */
  redraw() {
    const wanted = [];
    let dayBefore = null;
    for (const run of together(this.#entries())) {
      const { message } = run[0];
      const today = dayKey(message.date);
      if (today !== dayBefore) {
        wanted.push(this.#kept(`day ${today}`, [], () =>
          el("div", { class: "service day" }, el("span", {}, day(message.date)))));
        dayBefore = today;
      }
      wanted.push(this.#kept(`message ${message.message_id}`, run, () => bubble(run, this)));
    }
    if (!wanted.length && this.town.isLoaded(this.seat.chat)) wanted.push(this.#welcome());
    for (const [key, { node }] of this.#shown) if (!wanted.includes(node)) this.#shown.delete(key);
    this.#settle(wanted);
    this.log.setAttribute("aria-busy", String(!this.town.isLoaded(this.seat.chat)));
    this.composer.refresh();
    if (this.#stuck) this.#scrollToEnd();
  }

  /** The node made for this key before, if the language and what it shows are still the same. */
  #kept(name, run, make) {
    const key = `${name} ${language()}`;
    const before = this.#shown.get(key);
    const isSame = before?.run.length === run.length && run.every((entry, index) => entry === before.run[index]);
    if (isSame) return before.node;
    const node = make();
    this.#shown.set(key, { run, node });
    return node;
  }

  #settle(wanted) {
    const focused = this.log.contains(document.activeElement) ? document.activeElement : null;
    const place = focused && this.#placeOf(focused);
    let at = this.items.firstChild;
    for (const node of wanted) {
      if (node === at) at = at.nextSibling;
      else this.items.insertBefore(node, at);
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
    if (place && !focused.isConnected) this.#refocus(place);
  }

  #placeOf(node) {
    const article = node.closest("article");
    return article && { message: article.dataset.message, key: [...article.querySelectorAll(".key")].indexOf(node) };
  }

  /** An edited message keeps the focus: on the button in the same place, else on the message. */
  #refocus({ message, key }) {
    const article = this.log.querySelector(`article[data-message="${Number(message)}"]`);
    const target = article?.querySelectorAll(".key")[key] ?? article ?? this.log;
    target.focus({ preventScroll: true });
  }

  #welcome() {
    const { bot } = this.town;
    const description = bot.descriptions[this.person.language_code] ?? bot.description;
    return this.#kept(`welcome ${description}`, [], () =>
      el("div", { class: "welcome" }, sign(), said(bot.first_name, "h3"),
        said((this.isPrivate && description) || t("welcome.empty"), "p")));
  }

  #noticeScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    this.#stuck = isNear || (this.#stuck && scrollTop >= this.#scrolled);
    this.#scrolled = scrollTop;
    this.toEnd.hidden = this.#stuck;
  }

  #scrollToEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.toEnd.hidden = true;
  }

  /** Arrow keys walk from message to message, Enter opens what can be done with one. */
  #walk(event) {
    const messages = [...this.log.querySelectorAll("article")];
    const inside = event.target.closest("article");
    const at = messages.indexOf(inside);
    const from = at < 0 ? messages.length : at;
    const to = { ArrowUp: from - 1, ArrowDown: Math.min(from + 1, messages.length) }[event.key];
    if (to !== undefined && messages[to]) {
      event.preventDefault();
      messages[to].focus();
      messages[to].scrollIntoView({ block: "nearest" });
    } else if (to === messages.length) {
      event.preventDefault();
      this.focus();
    } else if (event.key === "Enter" && event.target === inside) {
      event.preventDefault();
      inside.querySelector(".stamp").click();
    }
  }

  #takeFiles() {
    this.node.addEventListener("dragover", (event) => event.preventDefault());
    for (const kind of ["drop", "paste"]) {
      this.node.addEventListener(kind, (event) => {
        const files = [...(event.dataTransfer ?? event.clipboardData).files];
        if (!files.length) return;
        event.preventDefault();
        this.composer.attach(files);
      });
    }
  }

  /** A word or a deed of this person; what the server refuses is said on the screen. */
  async attempt(deed) {
    try {
      return await deed();
    } catch (error) {
      complain(error);
      return null;
    }
  }

  tell(text, more = {}) {
    return api.say(this.seat, text, { thread: this.thread, ...more });
  }

  say(text) {
    return this.attempt(() => this.tell(text));
  }

  /** An anonymous admin speaks in the group's name. */
  get isAnonymous() {
    return this.group?.anonymous.includes(this.seat.person) ?? false;
  }

  start(payload) {
    return this.say(payload ? `/start ${payload}` : "/start");
  }

  onChat({ chat, entry, isNew }) {
    if (chat !== this.seat.chat) return;
    if (entry?.from_bot) this.#showDetail(this.#detail);
    if (isNew && entry.message.from?.id === this.seat.person) this.#stuck = true;
    this.redraw();
  }

  onAction({ chat }) {
    if (chat !== this.seat.chat) return;
    clearTimeout(this.#typing);
    this.#showDetail(t("typing"), true);
    this.#typing = setTimeout(() => this.#showDetail(this.#detail), TYPING_LASTS);
  }

  #showDetail(words, isTyping = false) {
    this.subtitle.textContent = words;
    this.subtitle.classList.toggle("typing", isTyping);
  }

  onAnswer(answer) {
    if (answer.person !== this.seat.person) return;
    const waiting = this.log.querySelectorAll(".key[aria-busy]");
    if (!waiting.length) return;
    for (const node of waiting) node.removeAttribute("aria-busy");
    if (answer.url) this.#follow(answer.url);
    else if (answer.text && answer.alert) alert(this.town.bot.first_name, answer.text);
    else if (answer.text) toast(answer.text);
  }

  onResults(results) {
    this.composer.onResults(results);
  }

  #makeHands() {
    return {
      botName: () => this.town.bot.username,
      start: (payload) => this.moves.toBot(this, payload),
      say: (text) => this.say(text),
      openOutside: leave,
      press: (entry, at, node) => this.#press(entry, at, node),
      goTo: (id) => this.#goTo(id),
      typeInline: (query) => this.composer.write(`@${this.town.bot.username} ${query}`),
      copy: (text) => this.#copy(text),
      openActions: (entry, anchor) => openMenu(anchor, this.#actions(entry), t("message.menu")),
    };
  }

  async #press(entry, { row, col }, node) {
    if (node.hasAttribute("aria-busy")) return;
    node.setAttribute("aria-busy", "true");
    setTimeout(() => node.removeAttribute("aria-busy"), ANSWER_AWAITED);
    const pressed = await this.attempt(() => api.press(this.seat, entry.message.message_id, row, col));
    if (!pressed) node.removeAttribute("aria-busy");
  }

  #follow(address) {
    const leads = destination(address, this.town.bot.username);
    if (leads?.href) leave(leads.href);
    else if (leads) this.hands.start(leads.payload);
  }

  #goTo(id) {
    const article = this.log.querySelector(`[data-message="${Number(id)}"]`);
    if (!article) return;
    article.scrollIntoView({ block: "center" });
    article.focus({ preventScroll: true });
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast(t("copied"));
    } catch {
      toast(t("copy.refused"), true);
    }
  }

  #actions(entry) {
    const { message } = entry;
    const words = message.text ?? message.caption;
    const isMine = message.from?.id === this.seat.person && !message.sender_chat;
    const guarded = message.has_protected_content;
    return [
      { label: t("message.reply"), act: () => this.composer.replyTo(message) },
      isMine && words && { label: t("message.edit"), act: () => this.composer.rewrite(message) },
      words && !guarded && { label: t("message.copy"), act: () => this.#copy(words) },
      isMine && { label: t("message.delete"), danger: true, act: () => this.#erase(message) },
    ];
  }

  #erase(message) {
    form({
      title: t("message.delete_sure"), note: `${author(message)}: ${summary(message)}`, fields: [],
      action: t("message.delete"), submit: () => api.erase(this.seat, message.message_id),
    });
  }
}
