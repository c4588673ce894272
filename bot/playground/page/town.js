// What the page knows of the playground: people, groups, messages; kept fresh by one long poll.

import * as api from "./api.js";

const WAIT = 25;
const RETRY = { first: 500, longest: 8000 };

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Town extends EventTarget {
  bot = null;
  people = [];
  groups = [];
  places = [];
  #next = 0;
  #chats = new Map();
  #loading = new Map();

  async load() {
    const state = await api.state();
    Object.assign(this, { bot: state.bot, people: state.people, groups: state.groups, places: state.places });
    this.dispatchEvent(new Event("town"));
    return state;
  }

  person(id) {
    return this.people.find((person) => person.id === id);
  }

  group(id) {
    return this.groups.find((group) => group.id === id);
  }

  /** The messages of a chat, oldest first. */
  messages(chat) {
    return [...(this.#chats.get(chat)?.values() ?? [])];
  }

  last(chat) {
    return this.messages(chat).at(-1);
  }

  isLoaded(chat) {
    return this.#loading.get(chat) === "done";
  }

  /** Fetches what was said before the page was opened, once for each chat. */
  async open(seat) {
    if (this.#loading.has(seat.chat)) return;
    this.#loading.set(seat.chat, "begun");
    try {
      const { messages } = await api.history(seat);
      const known = this.#chats.get(seat.chat) ?? new Map();
      const past = new Map(messages.map((entry) => [entry.message.message_id, entry]));
      this.#chats.set(seat.chat, new Map([...past, ...known]));
      this.#loading.set(seat.chat, "done");
      this.#tell("chat", { chat: seat.chat });
    } catch (error) {
      this.#loading.delete(seat.chat);
      throw error;
    }
  }

  /** Follows the playground for as long as the page lives; gaps are told as "offline" and "online". */
  async follow() {
    this.#next = (await this.load()).next;
    let delay = RETRY.first;
    let lost = false;
    for (;;) {
      try {
        if (lost) {
          await this.#return();
          lost = false;
          this.#tell("online");
        }
        const { events, next } = await api.events(this.#next, WAIT);
        this.#next = next;
        delay = RETRY.first;
        for (const event of events) await this.#apply(event);
      } catch (error) {
        if (!(error instanceof api.Unreachable) && !(error instanceof api.Refused)) throw error;
        if (!lost) this.#tell("offline");
        lost = true;
        await pause(delay);
        delay = Math.min(delay * 2, RETRY.longest);
      }
    }
  }

  /** After a gap: a server started anew counts from the beginning and has other messages. */
  async #return() {
    const { next } = await this.load();
    if (next < this.#next) this.#tell("renewed");
  }

  #tell(kind, detail = {}) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  async #apply(event) {
    switch (event.kind) {
      case "message":
      case "edited":
      case "markup":
        await this.#keep(event);
        break;
      case "deleted":
        this.#chats.get(event.chat)?.delete(event.message_id);
        this.#tell("chat", { chat: event.chat });
        break;
      case "callback_answer":
      case "inline_results":
      case "action":
        this.#tell(event.kind, event);
        break;
      default:
        await this.load();
    }
  }

  async #keep(event) {
    const known = this.#chats.get(event.chat) ?? new Map();
    this.#chats.set(event.chat, known);
    known.set(event.message.message_id, event);
    this.#tell("chat", { chat: event.chat, entry: event, isNew: event.kind === "message" });
    if (event.message.migrate_to_chat_id) {
      await this.load();
      this.#tell("migrated", { from: event.chat, to: event.message.migrate_to_chat_id });
    }
  }
}
