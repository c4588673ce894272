// What opens above the chat: menus, forms, alerts, toasts. Native dialogs keep focus and close on Esc.

import { Unreachable } from "./api.js";
import { button, el, icon, iconButton, said } from "./dom.js";
import { outside } from "./rich.js";
import { t } from "./words.js";

let counter = 0;
const freshId = (stem) => `${stem}-${(counter += 1)}`;

/** A menu beside its button; arrow keys move, Esc closes and gives the focus back. */
export function openMenu(anchor, items, label) {
  const menu = el("div", { class: "menu", role: "menu", popover: "auto", "aria-label": label });
  const close = () => {
    if (menu.matches(":popover-open")) menu.hidePopover();
  };
  const entries = items.filter(Boolean).map((item) => {
    const chosen = item.chosen === undefined ? {} : { "aria-checked": String(item.chosen) };
    const act = () => {
      close();
      item.act();
    };
    return button(
      item.danger ? "danger" : "",
      act,
      { role: item.chosen === undefined ? "menuitem" : "menuitemcheckbox", tabindex: "-1", ...chosen },
      item.chosen ? icon("check") : null,
      said(item.label, "span"),
      item.hint ? said(item.hint, "small") : null,
    );
  });
  menu.append(...entries);
  menu.addEventListener("keydown", (event) => {
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      entries.at(to % entries.length).focus();
    } else if (event.key === "Tab") {
      event.preventDefault();
      close();
    }
  });
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    if (menu.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
    menu.remove();
  });
  document.body.append(menu);
  anchor.setAttribute("aria-haspopup", "menu");
  anchor.setAttribute("aria-expanded", "true");
  menu.showPopover();
  place(menu, anchor);
  entries[0]?.focus();
  return menu;
}

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.min(Math.max(8, box.right - width), window.innerWidth - width - 8);
  const below = box.bottom + 4;
  const top = below + height > window.innerHeight - 8 ? Math.max(8, box.top - height - 4) : below;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${top}px`;
}

function sheet(props, ...children) {
  const dialog = el("dialog", { class: "sheet", ...props }, ...children);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

const tick = (name, { value, label, chosen }) =>
  el("label", { class: "tick" }, el("input", { type: "checkbox", name, value, checked: chosen }), said(label, "span"));

function field(spec) {
  const id = freshId("field");
  const hint = spec.hint ? el("small", { id: `${id}-hint` }, spec.hint) : null;
  const about = hint ? { "aria-describedby": hint.id } : {};
  if (spec.type === "checks") {
    return el("fieldset", {}, el("legend", {}, spec.label), ...spec.options.map((option) => tick(spec.name, option)));
  }
  if (spec.type === "check") return tick(spec.name, { value: "on", label: spec.label, chosen: spec.value });
  const control =
    spec.type === "select"
      ? el("select", { id, name: spec.name, ...about }, ...spec.options.map((option) =>
          el("option", { value: option.value, selected: option.chosen }, option.label)))
      : el("input", {
          id,
          name: spec.name,
          type: spec.type ?? "text",
          value: spec.value,
          required: spec.required,
          inputmode: spec.inputmode,
          pattern: spec.pattern,
          maxlength: spec.maxlength ?? 128,
          autocomplete: "off",
          ...about,
        });
  return el("div", { class: "field" }, el("label", { for: id }, spec.label), control, hint);
}

function valuesOf(form, fields) {
  const data = new FormData(form);
  return Object.fromEntries(fields.map((spec) => {
    if (spec.type === "checks") return [spec.name, data.getAll(spec.name)];
    if (spec.type === "check") return [spec.name, data.has(spec.name)];
    return [spec.name, String(data.get(spec.name)).trim()];
  }));
}

/** A small form; `submit` gets the values and may throw words to show beside the button. */
export function form({ title, note, before, fields, action, submit }) {
  const id = freshId("title");
  const wrong = el("p", { class: "wrong", role: "alert" });
  const body = el("form", { novalidate: false }, ...fields.map(field), wrong,
    el("div", { class: "acts" },
      button("plain", () => dialog.close(), {}, t("cancel")),
      el("button", { type: "submit", class: "main" }, action)));
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    try {
      await submit(valuesOf(body, fields));
      dialog.close();
    } catch (error) {
      wrong.textContent = error instanceof Unreachable ? t("unreachable") : error.message;
    }
  });
  const dialog = sheet({ "aria-labelledby": id },
    el("header", {}, el("h2", { id }, title), iconButton("close", t("close"), () => dialog.close())),
    note ? el("p", {}, note) : null, before?.(() => dialog.close()), body);
}

/** The bot's alert: read at once, closed by OK or Esc. */
export function alert(from, text) {
  const id = freshId("alert");
  const dialog = sheet({ class: "sheet alert", role: "alertdialog", "aria-describedby": id, "aria-label": from },
    said(from, "h2"), said(text, "p", { id }),
    el("div", { class: "acts" }, button("main", () => dialog.close(), { autofocus: true }, t("ok"))));
}

/** An outside address shown in full before it opens in a new tab. */
export function leave(href) {
  const id = freshId("title");
  const go = outside(href, t("link.open"));
  go.className = "main";
  go.addEventListener("click", () => dialog.close());
  const dialog = sheet({ "aria-labelledby": id },
    el("h2", { id }, t("link.leave")), el("p", { class: "address" }, href),
    el("div", { class: "acts" },
      button("plain", () => dialog.close(), {}, t("cancel")), go));
}

/** A picture at full size. */
export function show(address, description) {
  const dialog = sheet({ class: "sheet picture", "aria-label": description },
    el("img", { src: address, alt: description }),
    iconButton("close", t("close"), () => dialog.close()));
}

/** A passing word; stays as long as it takes to read. */
export function toast(text, isWrong = false) {
  const node = said(text, "p", { class: isWrong ? "toast wrong" : "toast" });
  document.getElementById(isWrong ? "wrongs" : "words").append(node);
  setTimeout(() => node.remove(), 3000 + 60 * text.length);
}

/** Says what went wrong: the server's own words, or that it cannot be reached. */
export const complain = (error) => toast(error instanceof Unreachable ? t("unreachable") : error.message, true);
