// The page as a whole: who is open beside whom, the list, the language, and news from the playground.

import { showInTab } from "./art.js";
import { Column } from "./column.js";
import { drawRail } from "./rail.js";
import { Town } from "./town.js";
import { preferred, speak, t } from "./words.js";

const KEPT = "bagyt.seats";
const COLUMN_WIDTH = 360;
const ONE_AT_A_TIME = matchMedia("(max-width: 999px)");

const rail = document.getElementById("rail");
const desk = document.getElementById("desk");
const town = new Town();
const unread = new Map();
let columns = [];
let active = null;

const isSame = (one, other) => one.person === other.person && one.chat === other.chat;
const find = (seat) => columns.find((column) => isSame(column.seat, seat));

function isVisible(column) {
  if (!ONE_AT_A_TIME.matches) return true;
  return column === active && (document.body.dataset.view === "chat" || column.node.offsetParent !== null);
}

function keepSeats() {
  localStorage.setItem(KEPT, JSON.stringify(columns.map((column) => column.seat)));
}

function draw() {
  drawRail(rail, { town, unread, openSeats: columns.map((column) => column.seat), open, speakIn });
  desk.setAttribute("aria-label", t("desk"));
}

function activate(column) {
  if (active === column) return;
  active = column;
  for (const each of columns) each.node.classList.toggle("active", each === column);
  unread.delete(column.seat.chat);
  draw();
}

const moves = {
  activate,
  toList() {
    document.body.dataset.view = "list";
    rail.querySelector("[aria-current]")?.focus();
  },
  close(column) {
    columns = columns.filter((each) => each !== column);
    column.node.remove();
    active = null;
    if (columns.length) activate(columns[0]);
    else moves.toList();
    keepSeats();
    draw();
    (columns[0] ?? { focus: () => rail.querySelector(".seat-button").focus() }).focus();
  },
  sit(column, seat) {
    replace(column, seat);
  },
  /** A link to the bot: it opens this person's own chat with it. */
  toBot(column, payload) {
    const seat = { person: column.seat.person, chat: column.seat.person };
    if (!isSame(column.seat, seat)) open(seat, true);
    return find(seat).start(payload);
  },
};

function add(seat, before = null) {
  const column = new Column(town, seat, moves);
  columns.push(column);
  desk.insertBefore(column.node, before);
  return column;
}

function replace(old, seat) {
  const at = columns.indexOf(old);
  const column = new Column(town, seat, moves);
  columns[at] = column;
  old.node.replaceWith(column.node);
  arrive(column);
}

function arrive(column) {
  document.body.dataset.view = "chat";
  activate(column);
  keepSeats();
  draw();
  column.focus();
  column.node.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Opens a chat: in the place of the one in use, or beside it. */
function open(seat, isBeside = false) {
  const already = find(seat);
  if (already) arrive(already);
  else if (isBeside || !active) arrive(add(seat));
  else replace(active, seat);
}

function keptSeats() {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  return kept.filter(({ person, chat }) => town.person(person) && (person === chat || town.group(chat)));
}

function firstSeats() {
  const kept = keptSeats();
  if (kept.length) return kept;
  const room = ONE_AT_A_TIME.matches ? 1 : Math.max(1, Math.floor(desk.clientWidth / COLUMN_WIDTH));
  const parent = town.people[0];
  const official = town.people.find((person) => person.role_hint === "official");
  return [parent, official].filter(Boolean).slice(0, room).map(({ id }) => ({ person: id, chat: id }));
}

async function speakIn(tag) {
  await speak(tag);
  draw();
  for (const column of columns) column.refresh();
}

function everyColumn(method) {
  return (event) => {
    for (const column of columns) column[method](event.detail);
  };
}

function countUnread({ detail: { chat, entry, isNew } }) {
  const isSeen = columns.some((column) => column.seat.chat === chat && isVisible(column));
  if (isNew && entry.from_bot && !isSeen) unread.set(chat, (unread.get(chat) ?? 0) + 1);
  draw();
}

function moveToSupergroup({ detail: { from, to } }) {
  for (const column of columns.filter(({ seat }) => seat.chat === from)) {
    replace(column, { person: column.seat.person, chat: to });
  }
}

function showConnection(isLost) {
  document.getElementById("offline").textContent = isLost ? t("unreachable") : "";
}

async function main() {
  showInTab();
  await speak(preferred());
  town.addEventListener("chat", countUnread);
  town.addEventListener("chat", everyColumn("onChat"));
  town.addEventListener("action", everyColumn("onAction"));
  town.addEventListener("callback_answer", everyColumn("onAnswer"));
  town.addEventListener("inline_results", everyColumn("onResults"));
  town.addEventListener("offline", () => showConnection(true));
  town.addEventListener("online", () => showConnection(false));
  town.addEventListener("migrated", moveToSupergroup);
  town.addEventListener("renewed", () => window.location.reload());
  town.addEventListener("town", () => {
    if (!columns.length && !active) firstSeats().forEach((seat) => add(seat));
    draw();
    if (!active && columns.length) activate(columns[0]);
    for (const column of columns) column.refresh();
  });
  document.body.dataset.ready = "true";
  await town.follow();
}

await main();
