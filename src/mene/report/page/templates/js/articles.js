// --- articles: their sentences lead to claims; opening and closing them all ---------------------------------------------
for (const sentence of $$(".text a[id]")) {
  sentence.classList.add("said");
  sentence.dataset.claims ||= sentence.id;
  sentence.href = toClaim(sentence.dataset.claims.split(" ")[0]);
  sentence.draggable = false; // words in a link can then be selected
}
for (const button of $$("[data-fold]"))
  button.addEventListener("click", () => {
    for (const fold of $$("#statements .page > details")) fold.open = Boolean(button.dataset.fold);
  });
