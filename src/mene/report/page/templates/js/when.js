// The slider of days: one handle for the day on which it was true, one for the day by which it was known.

const when = $("#when");
if (when) {
  const [on, known, play, together] = ["#on", "#known", "#play", "#together"].map((id) => $(id));
  const last = stops.length - 1;
  for (const one of [on, known]) one.max = last;
  const STEP_MS = 900;
  let playing = 0;

  const stop = () => {
    clearInterval(playing);
    playing = 0;
    play.setAttribute("aria-pressed", "false");
    play.textContent = "▶ Play";
  };
  /** Moves to a stop: what is true can be known at the earliest on the day itself. */
  const move = (patch) => {
    const next = { on: view.on, known: view.known, ...patch };
    if (together.checked && !("on" in patch && "known" in patch)) next.on = next.known = patch.on ?? patch.known;
    if ("known" in patch) next.on = Math.min(next.on, next.known);
    else next.known = Math.max(next.on, next.known);
    setView({ on: next.on, known: next.known });
  };
  on.addEventListener("input", () => (stop(), move({ on: +on.value })));
  known.addEventListener("input", () => (stop(), move({ known: +known.value })));
  const shift = (by) => move({ known: Math.min(last, Math.max(0, view.known + by)) });
  $("#back").addEventListener("click", () => (stop(), shift(-1)));
  $("#forth").addEventListener("click", () => (stop(), shift(1)));
  $("#latest").addEventListener("click", () => (stop(), setView({ on: data.when.on, known: data.when.known })));
  play.addEventListener("click", () => {
    if (playing) return stop();
    if (view.known === last) move({ known: 0 });
    play.setAttribute("aria-pressed", "true");
    play.textContent = "❚❚ Pause";
    playing = setInterval(() => (view.known >= last ? stop() : shift(1)), STEP_MS);
  });

  const axis = $("#axis");
  const marks = Math.min(3, last + 1);
  for (let mark = 0; mark < marks; mark++) {
    const place = Math.round((mark * last) / Math.max(1, marks - 1));
    const label = el("span", { text: mark && mark < marks - 1 ? sayDay(dayOf(place)).replace(/ \d+$/, "") : sayDay(dayOf(place)) });
    label.style.left = `${(100 * place) / last}%`;
    axis.append(label);
  }
  const STEPS = { day: "a day", week: "a week", month: "a month", quarter: "three months", year: "a year" };
  $("#step-said").textContent = `one step is ${STEPS[data.when.step]}`;

  onView((asked) => {
    on.value = asked.on;
    known.value = asked.known;
    for (const [input, name] of [[on, "on"], [known, "known"]]) {
      const day = sayDay(dayOf(asked[name]));
      input.setAttribute("aria-valuetext", day);
      $(`#${name}-day`).textContent = day;
    }
    if (asked.on !== asked.known) together.checked = false;
    when.classList.toggle("past", !isAtStart());
  });
}
