// The page's own drawings: the sign of Bagyt and the ornament behind the messages.

const SVG = "http://www.w3.org/2000/svg";

const HORNS =
  "M40 66V44c0-10-6-18-15-18-8 0-13 6-13 12s5 10 10 10c4 0 7-3 7-7" +
  "M40 44c0-10 6-18 15-18 8 0 13 6 13 12s-5 10-10 10c-4 0-7-3-7-7" +
  "M40 66l-6 8 6 8 6-8z";
const DIAMONDS = "M120 40l7-9-7-9-7 9zM40 120l7-9-7-9-7 9z";
const SIGN = [
  ["rect", { width: 48, height: 48, rx: 14, fill: "#0b6b78" }],
  ["path", { d: "M24 9l10.5 27.5L24 30.5l-10.5 6z", fill: "#fff", stroke: "#fff", "stroke-width": 2, "stroke-linejoin": "round" }],
  ["path", { d: "M24 9l10.5 27.5L24 30.5z", fill: "#f6c945" }],
];

/** A shape of a drawing, its parts inside it. */
export function shape(tag, props, ...parts) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  node.append(...parts);
  return node;
}

/** The sign: a needle that shows the direction. */
export const sign = () =>
  shape("svg", { viewBox: "0 0 48 48", class: "sign", "aria-hidden": "true" }, ...SIGN.map(([tag, props]) => shape(tag, props)));

/** Ram's horns and diamonds, as on felt; `name` keeps the pattern of one chat apart from another's. */
export function ornament(name) {
  const id = `ornament-${name}`;
  const pattern = shape("pattern", { id, width: 160, height: 160, patternUnits: "userSpaceOnUse" },
    shape("path", { d: HORNS }), shape("path", { d: HORNS, transform: "translate(80 80)" }), shape("path", { d: DIAMONDS }));
  return shape("svg", { class: "ornament", "aria-hidden": "true" }, shape("defs", {}, pattern),
    shape("rect", { width: "100%", height: "100%", fill: `url(#${id})` }));
}

/** The sign in the browser's tab. */
export function showInTab() {
  const drawing = new Blob([new XMLSerializer().serializeToString(sign())], { type: "image/svg+xml" });
  const link = document.createElement("link");
  Object.assign(link, { rel: "icon", type: "image/svg+xml", href: URL.createObjectURL(drawing) });
  document.head.append(link);
}
