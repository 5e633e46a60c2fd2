// The map: zoomed and moved by wheel, drag, pinch and keys; names placed anew where zooming makes room for them.

const map = $("#map");
const canvas = $("#canvas");
const MOST_ZOOM = 24;
const LETTER = 7.6; // units that a letter of a name is wide, as labels.py has it
if (map) {
  const whole = map.viewBox.baseVal;
  const [width, height] = [whole.width, whole.height];
  const box = { x: 0, y: 0, zoom: 1 };
  let big = 1; // on a narrow screen letters and symbols are drawn larger than the map around them
  const KM = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

  const pins = $$(".spot", map).map((spot) => {
    const pin = $(".pin", spot);
    const [x, y] = pin.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    const text = $(".name", spot);
    const at = text && { x: text.getAttribute("x"), y: text.getAttribute("y"), anchor: text.getAttribute("text-anchor") };
    return { spot, pin, x, y, text, at, moved: ($("use", spot).getAttribute("transform") ?? "0 0").match(/-?[\d.]+/g).map(Number) };
  });

  const scale = () => {
    const perKm = Number(map.dataset.scale) * box.zoom;
    const km = KM.filter((one) => one * perKm <= width / 4).pop() ?? KM[0];
    const long = km * perKm;
    $("#scale path").setAttribute("d", `M8 13v5h${long.toFixed(1)}v-5`);
    $("#scale text").textContent = `${km} km`;
  };

  /** Names beside their symbols, the most important first, none over another: to the right, left, below or above. */
  const placeNames = () => {
    const taken = new Map(); // boxes by cell of a grid, so that few are compared
    const CELL = 60;
    const cells = (b) => {
      const found = [];
      for (let x = Math.floor(b[0] / CELL); x <= Math.floor(b[2] / CELL); x++)
        for (let y = Math.floor(b[1] / CELL); y <= Math.floor(b[3] / CELL); y++) found.push(`${x} ${y}`);
      return found;
    };
    const [right, bottom] = [width / big, height / big];
    const isFree = (b) => b[0] >= 2 && b[1] >= 2 && b[2] <= right - 2 && b[3] <= bottom - 2 && cells(b).every((cell) => (taken.get(cell) ?? []).every((o) => b[0] >= o[2] || o[0] >= b[2] || b[1] >= o[3] || o[1] >= b[3]));
    const take = (b) => {
      for (const cell of cells(b)) taken.set(cell, [...(taken.get(cell) ?? []), b]);
    };
    const shown = pins.filter(({ spot, x, y }) => !spot.hasAttribute("hidden") && isInside(x, y));
    for (const one of shown) {
      one.sx = ((one.x - box.x) * box.zoom) / big + one.moved[0];
      one.sy = ((one.y - box.y) * box.zoom) / big + one.moved[1];
      take([one.sx - 8, one.sy - 8, one.sx + 8, one.sy + 8]);
    }
    for (const one of shown) {
      const name = one.spot.dataset.title;
      const long = name.length * LETTER;
      const ways = [[11, 4, "start", 0], [-11, 4, "end", -long], [0, 22, "middle", -long / 2], [0, -13, "middle", -long / 2]];
      const way = ways.find(([dx, dy, , left]) => isFree([one.sx + dx + left, one.sy + dy - 11, one.sx + dx + left + long, one.sy + dy + 3]));
      if (way) take([one.sx + way[0] + way[3], one.sy + way[1] - 11, one.sx + way[0] + way[3] + long, one.sy + way[1] + 3]);
      nameAt(one, way && { x: way[0] + one.moved[0], y: way[1] + one.moved[1], anchor: way[2] }, name);
    }
  };
  const isInside = (x, y) => x >= box.x - 5 && x <= box.x + width / box.zoom + 5 && y >= box.y - 5 && y <= box.y + height / box.zoom + 5;
  const nameAt = (one, at, name) => {
    if (!at) return one.text?.setAttribute("display", "none");
    if (!one.text) {
      one.text = svgEl("text", { class: "name" });
      one.text.textContent = name;
      $(".still", one.pin).append(one.text);
    }
    one.text.removeAttribute("display");
    one.text.setAttribute("text-anchor", at.anchor);
    for (const line of [one.text, ...$$("tspan", one.text)]) line.setAttribute("x", at.x);
    one.text.setAttribute("y", at.y);
  };
  /** As drawn at first, where some names stand farther off, with a line. */
  const restore = () => {
    for (const one of pins) nameAt(one, one.at, "");
  };

  const isAsDrawn = () => box.zoom === 1 && big === 1;
  const nameAll = () => {
    if (isAsDrawn()) return restore();
    placeNames();
  };
  let isNaming = 0;
  const fit = () => {
    const wide = map.getBoundingClientRect().width;
    const wanted = wide && wide < 480 ? Math.min(1.7, 520 / wide) : 1;
    if (wanted !== big) (big = wanted), show();
  };
  const show = () => {
    box.zoom = Math.min(MOST_ZOOM, Math.max(1, box.zoom));
    box.x = Math.min(Math.max(box.x, -width / 4), width - width / box.zoom + width / 4);
    box.y = Math.min(Math.max(box.y, -height / 4), height - height / box.zoom + height / 4);
    if (box.zoom === 1) Object.assign(box, { x: Math.min(Math.max(box.x, -width / 4), width / 4), y: Math.min(Math.max(box.y, -height / 4), height / 4) });
    map.setAttribute("viewBox", `${box.x.toFixed(2)} ${box.y.toFixed(2)} ${(width / box.zoom).toFixed(2)} ${(height / box.zoom).toFixed(2)}`);
    map.style.setProperty("--z", big / box.zoom);
    map.classList.toggle("zoomed", !isAsDrawn());
    scale();
    clearTimeout(isNaming);
    isNaming = setTimeout(nameAll, 60);
  };
  /** Zooms by a factor so that a point of the drawing stays under the pointer. */
  const zoomAt = (factor, x = box.x + width / box.zoom / 2, y = box.y + height / box.zoom / 2) => {
    const zoom = Math.min(MOST_ZOOM, Math.max(1, box.zoom * factor));
    const by = box.zoom / zoom;
    Object.assign(box, { x: x - (x - box.x) * by, y: y - (y - box.y) * by, zoom });
    show();
  };
  const reset = () => (Object.assign(box, { x: 0, y: 0, zoom: 1 }), show());
  const pointOf = (event) => {
    const drawn = map.getBoundingClientRect();
    return [box.x + ((event.clientX - drawn.left) / drawn.width) * (width / box.zoom), box.y + ((event.clientY - drawn.top) / drawn.height) * (height / box.zoom)];
  };

  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return; // the page scrolls, unless the map is at work
      event.preventDefault();
      zoomAt(Math.exp(-event.deltaY / 400), ...pointOf(event));
    },
    { passive: false },
  );

  const fingers = new Map();
  let hasMoved = false;
  let pinch = 0;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button) return;
    fingers.set(event.pointerId, event);
    hasMoved = false;
    pinch = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const unit = width / box.zoom / map.getBoundingClientRect().width;
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    if (fingers.size === 1) {
      if (!hasMoved && Math.hypot(dx, dy) < 4) return;
      if (!hasMoved) canvas.setPointerCapture(event.pointerId);
      hasMoved = true;
      box.x -= dx * unit;
      box.y -= dy * unit;
      fingers.set(event.pointerId, event);
      return show();
    }
    fingers.set(event.pointerId, event);
    const [one, other] = [...fingers.values()];
    const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const middle = { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
    if (pinch) zoomAt(apart / pinch, ...pointOf(middle));
    pinch = apart;
    hasMoved = true;
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
    canvas.addEventListener(name, (event) => {
      fingers.delete(event.pointerId);
      pinch = 0;
    });
  canvas.addEventListener("click", (event) => hasMoved && (event.preventDefault(), event.stopPropagation(), (hasMoved = false)), true);
  canvas.addEventListener("dragstart", (event) => event.preventDefault());

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = 60 / box.zoom;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (event.key in moves) {
      box.x += moves[event.key][0];
      box.y += moves[event.key][1];
      show();
    } else if (event.key === "+" || event.key === "=") zoomAt(1.5);
    else if (event.key === "-") zoomAt(1 / 1.5);
    else if (event.key === "0") reset();
    else return;
    event.preventDefault();
  });
  for (const button of $$("[data-zoom]"))
    button.addEventListener("click", () => ({ in: () => zoomAt(1.6), out: () => zoomAt(1 / 1.6), all: reset })[button.dataset.zoom]());
  // A pin that is reached by keyboard is brought into view.
  map.addEventListener("focusin", (event) => {
    const one = pins.find(({ spot }) => spot === event.target);
    if (!one || isInside(one.x, one.y)) return;
    Object.assign(box, { x: one.x - width / box.zoom / 2, y: one.y - height / box.zoom / 2 });
    show();
  });

  $("#palette")?.addEventListener("change", (event) => document.body.classList.toggle("war", event.target.value === "war"));
  scale();
  fit();
  addEventListener("resize", fit);
  let hasStarted = false;
  onView((_, changed) => {
    if (isAsDrawn() || !(changed.has("on") || changed.has("known"))) return;
    clearTimeout(isNaming);
    isNaming = setTimeout(placeNames, hasStarted ? 120 : 0); // at once as the page opens
    hasStarted = true;
  });
}
