// The disputes: one that was settled later stands as open on the days before.
const settledDisputes = $$(".dispute[data-settled]");
onView((view) => {
  for (const one of settledDisputes) {
    const isSettled = one.dataset.settled <= dayOf(view.known);
    for (const part of $$(".when-settled", one)) part.hidden = !isSettled;
  }
});
