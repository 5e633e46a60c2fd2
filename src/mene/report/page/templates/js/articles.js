// --- articles: opening and closing them all -----------------------------------------------------------------------------
for (const button of $$("[data-fold]"))
  button.addEventListener("click", () => {
    for (const fold of $$("#statements .page > details")) fold.open = Boolean(button.dataset.fold);
  });
