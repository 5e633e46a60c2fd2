// The disputes: one that was settled later stands as open on the days before.
onView((view) => {
  for (const one of $$(".dispute[data-settled]")) {
    const isSettled = one.dataset.settled <= dayOf(view.known);
    for (const part of $$(".when-settled", one)) part.hidden = !isSettled;
  }
});
