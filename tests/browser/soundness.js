// What is wrong with the page as it stands: run in the page, gives lists of what was found.
() => {
  const shown = (selector) =>
    [...document.querySelectorAll(selector)].filter(
      (node) => node.checkVisibility() && !node.closest("[inert]"),
    );
  const named = (node) => node.className || node.tagName;
  const start = (node) => node.outerHTML.slice(0, 160);

  const FRAMES =
    ".log, .lists, .sheet, .menu, .keyboard, .rail, .rail > footer, .brand, .bar, .chat-header";
  const sideways = [
    ...(document.scrollingElement.scrollWidth > innerWidth ? ["the page itself"] : []),
    ...shown("body *")
      .filter((node) => !node.closest(".desk, .topics, .unseen"))
      .filter((node) => getComputedStyle(node).position !== "absolute")
      .filter((node) => {
        const box = node.getBoundingClientRect();
        return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
      })
      .map(named),
    ...shown(FRAMES)
      .filter((node) => node.scrollWidth > node.clientWidth + 1)
      .map((node) => `inside ${named(node)}`),
  ];

  const CONTROLS =
    "button, a[href], input:not([hidden]), select, textarea, audio, video, [role=button]";
  const unnamed = shown(CONTROLS)
    .filter(
      (node) =>
        !(node.getAttribute("aria-label") || node.textContent.trim() || node.labels?.length),
    )
    .map(start);

  const LEAST = 43.5;
  const target = (node) => {
    const box = node.getBoundingClientRect();
    if (!node.matches(".stamp")) return box;
    const halo = getComputedStyle(node, "::after");
    return { width: parseFloat(halo.width), height: parseFloat(halo.height) };
  };
  const small = shown("button, input:not([hidden]), select, textarea, a.card, a.round, a.main")
    .filter((node) => !node.matches(".inline-link, .tick input"))
    .map((node) => ({ node, box: target(node) }))
    .filter(({ box }) => box.width < LEAST || box.height < LEAST)
    .map(({ node, box }) => `${box.width}x${box.height} ${start(node)}`);

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parsed = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { r, g, b, a: a / 255 };
  };
  const mixed = (top, under) => {
    const part = (name) => top[name] * top.a + under[name] * (1 - top.a);
    return { r: part("r"), g: part("g"), b: part("b"), a: 1 };
  };
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      layers.push(parsed(getComputedStyle(at).backgroundColor));
      if (layers.at(-1).a === 1) break;
    }
    const white = { r: 255, g: 255, b: 255, a: 1 };
    return layers.reduceRight((under, top) => mixed(top, under), white);
  };
  const linear = (value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const light = ({ r, g, b }) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const contrast = (node) => {
    const under = ground(node);
    const two = [light(mixed(parsed(getComputedStyle(node).color), under)), light(under)];
    return (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
  };
  const pale = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const node = text.parentElement;
    const isShown = text.data.trim() && node.checkVisibility({ visibilityProperty: true });
    if (!isShown || node.closest(".unseen, noscript, [inert], :disabled")) continue;
    const ratio = contrast(node);
    if (ratio < 4.5) pale.push(`${ratio.toFixed(2)} ${named(node)}: ${text.data.slice(0, 40)}`);
  }

  return { sideways, unnamed, small, pale };
}
