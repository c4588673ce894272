// What a person can do beside typing: share a place or a contact, block the bot, run a group.

import * as api from "./api.js";
import { button, el, icon, said } from "./dom.js";
import { form, openMenu } from "./sheets.js";
import { personName, roleName, t } from "./words.js";

const OWN_PHONE = "+77010000000";

const parseCoordinate = (text, limit, name) => {
  const value = Number(text.replace(",", "."));
  if (text === "" || !Number.isFinite(value) || Math.abs(value) > limit) throw new Error(t("location.wrong", { name, limit }));
  return value;
};

/** A place from the short list, or any by its coordinates. */
export function sharePlace(column, done = () => undefined) {
  const { seat, town } = column;
  const more = { thread: column.thread };
  const share = async ({ lat, lon }) => {
    await api.shareLocation(seat, lat, lon, more);
    done();
  };
  form({
    title: t("attach.location"),
    before: (close) => el("ul", { class: "places" }, ...town.places.map((place) => el("li", {},
      button("", () => { close(); column.attempt(() => share(place)); }, {}, icon("pin"), said(place.name, "span"))))),
    fields: [
      { name: "lat", label: t("location.lat"), inputmode: "decimal", required: true },
      { name: "lon", label: t("location.lon"), inputmode: "decimal", required: true },
      { name: "name", label: t("location.name"), hint: t("location.name_hint") },
    ],
    action: t("send"),
    submit: async ({ lat, lon, name }) => {
      const place = { lat: parseCoordinate(lat, 90, t("location.lat")), lon: parseCoordinate(lon, 180, t("location.lon")) };
      if (!name) return share(place);
      await api.shareVenue(seat, { ...place, title: name, address: name }, more);
      return done();
    },
  });
}

/** One's own phone number, or the card of somebody else. */
export function shareContact(column, done = () => undefined) {
  const { seat, town } = column;
  form({
    title: t("attach.contact"),
    note: t("contact.note"),
    fields: [
      { name: "phone", label: t("contact.phone"), type: "tel", value: OWN_PHONE, required: true },
      { name: "whose", label: t("contact.whose"), type: "select", options: town.people.map((person) => {
        const isOwn = person.id === seat.person;
        return { value: person.id, label: isOwn ? t("contact.mine") : personName(person), chosen: isOwn };
      }) },
    ],
    action: t("send"),
    submit: async ({ phone, whose }) => {
      await api.shareContact(seat, phone, Number(whose));
      done();
    },
  });
}

const languageField = (chosen) => ({
  name: "language_code",
  label: t("person.language_label"),
  type: "select",
  options: ["kk", "ru", "en"].map((code) => ({ value: code, label: t(`language.${code}`), chosen: code === chosen })),
});

const peopleField = (name, label, town, isChosen) => ({
  name,
  label,
  type: "checks",
  options: town.people.map((person) => ({ value: person.id, label: personName(person), chosen: isChosen(person) })),
});

function deepLink(column) {
  form({
    title: t("deep_link"),
    note: `t.me/${column.town.bot.username}?start=…`,
    fields: [{
      name: "payload", label: t("deep_link.payload"), hint: t("deep_link.hint"),
      pattern: "[A-Za-z0-9_\\-]{0,64}", maxlength: 64,
    }],
    action: t("start"),
    submit: ({ payload }) => api.say(column.seat, payload ? `/start ${payload}` : "/start"),
  });
}

function changeLanguage(column) {
  const { person } = column;
  form({
    title: t("person.language"),
    fields: [languageField(person.language_code)],
    action: t("save"),
    submit: (change) => api.changePerson(person.id, change),
  });
}

function newTopic(column) {
  form({
    title: t("topic.new"),
    fields: [{ name: "name", label: t("topic.name"), required: true }],
    action: t("save"),
    submit: ({ name }) => api.addTopic(column.seat.chat, name),
  });
}

function changeMembers(column) {
  const { group, town } = column;
  form({
    title: t("group.members"),
    fields: [
      peopleField("members", t("group.who_is_in"), town, ({ id }) => group.members.includes(id)),
      peopleField("admins", t("group.who_is_admin"), town, ({ id }) => group.admins.includes(id)),
    ],
    action: t("save"),
    submit: async ({ members, admins }) => {
      for (const person of town.people) {
        const id = String(person.id);
        const was = { member: group.members.includes(person.id), admin: group.admins.includes(person.id) };
        if (members.includes(id) !== was.member) await api.member(group.id, person.id, was.member ? "remove" : "add");
        if (members.includes(id) && admins.includes(id) !== was.admin) {
          await api.member(group.id, person.id, was.admin ? "demote" : "promote");
        }
      }
    },
  });
}

/** Who writes in a group from this phone. */
export function chooseWriter(column) {
  const anchor = column.header.querySelector("[aria-haspopup]");
  openMenu(anchor, column.group.members.map((id) => column.town.person(id)).filter(Boolean).map((person) => ({
    label: personName(person), hint: roleName(person), chosen: person.id === column.seat.person,
    act: () => column.moves.sit(column, { person: person.id, chat: column.seat.chat }),
  })), t("group.write_as"));
}

function groupItems(column) {
  const { group, seat, town } = column;
  const botIsIn = group.members.includes(town.bot.id);
  const botIsAdmin = group.admins.includes(town.bot.id);
  const bot = (act) => () => column.attempt(() => api.member(group.id, "bot", act));
  const isLeader = group.type === "supergroup" && group.admins.includes(seat.person);
  const hide = () => column.attempt(() => api.member(group.id, seat.person, "promote", { anonymous: !column.isAnonymous }));
  return [
    { label: t("group.write_as"), act: () => chooseWriter(column) },
    isLeader && { label: t("group.anonymous"), chosen: column.isAnonymous, act: hide },
    { label: t("group.members"), act: () => changeMembers(column) },
    botIsIn
      ? { label: t("group.bot_out"), danger: true, act: bot("remove") }
      : { label: t("group.bot_in"), act: bot("add") },
    botIsIn && { label: botIsAdmin ? t("group.bot_demote") : t("group.bot_promote"), act: bot(botIsAdmin ? "demote" : "promote") },
    group.is_forum && { label: t("topic.new"), act: () => newTopic(column) },
    group.type === "group" && { label: t("group.migrate"), danger: true, act: () => column.attempt(() => api.migrate(group.id)) },
  ];
}

/** The menu of a chat's header. */
export function chatMenu(column) {
  if (!column.isPrivate) return groupItems(column);
  const { person } = column;
  const block = () => column.attempt(() => api.changePerson(person.id, { blocked_bot: !person.blocked_bot }));
  return [
    { label: t("deep_link"), act: () => deepLink(column) },
    { label: t("person.language"), hint: t(`language.${person.language_code}`), act: () => changeLanguage(column) },
    { label: person.blocked_bot ? t("unblock") : t("block"), danger: !person.blocked_bot, act: block },
  ];
}

/** A person new to the playground. */
export function addPerson(done) {
  form({
    title: t("person.new"),
    fields: [
      { name: "first_name", label: t("person.first_name"), required: true, maxlength: 64 },
      { name: "last_name", label: t("person.last_name"), maxlength: 64 },
      { name: "username", label: t("person.username"), hint: t("person.username_hint"),
        pattern: "[A-Za-z0-9_]{5,32}", maxlength: 32 },
      languageField("kk"),
    ],
    action: t("add"),
    submit: async (values) => {
      const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value));
      await done(await api.addPerson(given));
    },
  });
}

/** A group with some of the people in it. */
export function addGroup(town, done) {
  form({
    title: t("group.new"),
    fields: [
      { name: "title", label: t("group.title"), required: true },
      peopleField("members", t("group.who_is_in"), town, () => true),
      { name: "with_bot", label: t("group.with_bot"), type: "check", value: true },
      { name: "is_forum", label: t("group.is_forum"), type: "check" },
    ],
    action: t("add"),
    submit: async ({ title, members, with_bot: withBot, is_forum: isForum }) => {
      if (!members.length) throw new Error(t("group.nobody"));
      const inside = withBot ? [...members, town.bot.id] : members;
      await done(await api.addGroup({ title, members: inside.map(Number), is_forum: isForum }));
    },
  });
}
