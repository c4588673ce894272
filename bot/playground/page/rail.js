// The list of people and groups, and the page's own language.

import { addGroup, addPerson } from "./acts.js";
import { sign } from "./art.js";
import { summary } from "./bubble.js";
import { avatar, button, el, icon, iconButton, said } from "./dom.js";
import { language, languages, personName, roleName, t, time } from "./words.js";

function item({ id, name, detail, last, unread, isOpen, open, openBeside }) {
  const label = [name, detail, unread ? t("unread", { n: unread }) : null].filter(Boolean).join(", ");
  return el("li", { class: isOpen ? "seat open" : "seat" },
    button("seat-button", open, { "aria-label": label, "aria-current": isOpen ? "true" : null },
      avatar(name, id),
      el("span", { class: "seat-text" },
        el("span", { class: "seat-top" }, said(name, "strong"), last ? el("time", {}, time(last.message.date)) : null),
        said(last ? summary(last.message) : detail, "span", { class: "seat-last" })),
      unread ? el("span", { class: "badge", "aria-hidden": "true" }, unread) : null),
    iconButton("beside", t("open_beside", { name }), openBeside, { class: "round beside" }));
}

/** Draws the list anew; the focus stays on the entry it was on. */
export function drawRail(rail, { town, unread, openSeats, open, speakIn }) {
  const buttons = () => [...rail.querySelectorAll("button")];
  const focusAt = buttons().indexOf(document.activeElement);
  const seatOf = (person) => ({ person: person.id, chat: person.id });
  const isOpen = (chat) => openSeats.some((seat) => seat.chat === chat);
  const entry = (id, name, detail, seat) => item({
    id, name, detail, last: town.last(seat.chat), unread: unread.get(seat.chat) ?? 0, isOpen: isOpen(seat.chat),
    open: () => open(seat), openBeside: () => open(seat, true) });
  const welcome = async (seat) => {
    await town.load();
    open(seat);
  };
  const groupSeat = ({ id, members }) => ({ person: members.find((member) => member !== town.bot.id), chat: id });

  rail.setAttribute("aria-label", t("rail"));
  rail.replaceChildren(
    el("header", { class: "brand" },
      sign(),
      el("div", {}, said(town.bot.first_name, "h1"), el("p", {}, t("playground"))),
      el("div", { class: "languages", role: "group", "aria-label": t("page_language") }, ...languages().map((tag) =>
        button("", () => speakIn(tag),
          { lang: tag, "aria-pressed": String(tag === language()), "aria-label": t(`language.${tag}`) },
          t(`language.${tag}.short`))))),
    el("div", { class: "lists" },
      el("h2", {}, t("people")),
      el("ul", {}, ...town.people.map((person) =>
        entry(person.id, personName(person), roleName(person) || t("role.person"), seatOf(person)))),
      el("h2", {}, t("groups")),
      town.groups.length
        ? el("ul", {}, ...town.groups.map((group) =>
          entry(group.id, group.title, t("members", { n: group.members.length }), groupSeat(group))))
        : el("p", { class: "faint" }, t("groups.none"))),
    el("footer", {},
      el("div", { class: "adders" },
        button("plain", () => addPerson((person) => welcome(seatOf(person))), {}, icon("plus"), t("person.add")),
        button("plain", () => addGroup(town, (group) => welcome(groupSeat(group))), {}, icon("group"), t("group.add"))),
      el("p", { class: "faint" }, t("here_only"))));
  if (focusAt >= 0) buttons()[focusAt]?.focus();
}
