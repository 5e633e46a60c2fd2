// --- the claim: one statement with all that is known of it, in a sheet beside the page ---------------------------------
// Anything with data-claims="s1 s2" opens it; data-against holds those that speak against, data-title names the whole.
const openClaims = (() => {
  const sheet = $("#claim");
  const WIDE = matchMedia("(min-width: 62rem)"); // from this width the page stays in use beside the sheet, as in claim.css

  /** What is shown: ids of those for, then against, and which of them; `before` holds what a link in the sheet led from. */
  let shown = null;
  let opener = null;

  // Claims in a page that is a file lie packed in it and are unpacked once, when the first is asked for.
  let unpacked = null;
  const unpack = () => (unpacked ??= readPacked("#packed").then(readLines));
  const readLines = (text) => Object.fromEntries(text.split("\n").map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]));
  const fetchClaim = async (id) => {
    const answer = await fetch(`/claim/${encodeURIComponent(id)}?fragment=1`, { credentials: "same-origin" }).catch(() => null);
    if (!answer) throw new Error("The server does not answer. Is mene serve still running?");
    if (!answer.ok) throw new Error(answer.status === 404 ? `There is no statement ${id} here.` : `The server answered ${answer.status}.`);
    return answer.text();
  };
  const readClaim = async (id) => {
    if (isLive) return fetchClaim(id);
    const claims = await unpack();
    if (!Object.hasOwn(claims, id)) throw new Error(`This page does not hold the statement ${id}; mene claim ${id} shows it.`);
    return claims[id];
  };

  /** Puts a claim in. The one place where HTML is made from text: Mene's own template wrote it, all words in it escaped. */
  const putIn = (html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    for (const one of $$(".scripted", made.content)) one.hidden = false;
    $("#claim-body").replaceChildren(made.content);
  };

  /** Of links in a claim, those to what this page does not hold are no links. */
  const unlink = async () => {
    if (isLive) return;
    const claims = await unpack();
    for (const link of $$("#claim-body [data-claims]"))
      if (!Object.hasOwn(claims, link.dataset.claims)) link.replaceWith(...link.childNodes);
  };

  const idAt = () => shown.ids[shown.at];
  const say = (id) => {
    const count = shown.ids.length;
    const isAgainst = shown.at >= count - shown.against;
    $("#claim-title").textContent = shown.title;
    $("#claim-side").hidden = !shown.against;
    $("#claim-side").textContent = isAgainst ? `Against (${shown.against})` : `For (${count - shown.against})`;
    $("#claim-turn").hidden = count < 2;
    $("#claim-place").textContent = `${shown.at + 1} of ${count}`;
    $("[data-step='-1']", sheet).disabled = shown.at === 0;
    $("[data-step='1']", sheet).disabled = shown.at === count - 1;
    $("[data-back]", sheet).hidden = !shown.before;
    $("[data-reveal]", sheet).hidden = !document.getElementById(id);
    for (const one of $$(".said.now")) one.classList.remove("now");
    document.getElementById(id)?.closest(".said")?.classList.add("now");
  };
  const showClaim = async () => {
    const id = idAt();
    say(id);
    setView({ claim: id });
    try {
      const html = await readClaim(id);
      if (!shown || idAt() !== id) return;
      putIn(html);
      await unlink();
    } catch (error) {
      if (shown && idAt() === id) $("#claim-body").replaceChildren(el("p", { class: "none", role: "alert", text: error.message }));
    }
    sheet.scrollTop = 0;
  };

  /** Opens the sheet on the first of some statements, those `against` after them. */
  const openClaims = (ids, title = "", against = []) => {
    if (!ids.length && !against.length) return;
    if (!sheet.open) {
      opener = document.activeElement;
      if (WIDE.matches) sheet.show();
      else sheet.showModal();
    } else if (!sheet.contains(document.activeElement)) opener = document.activeElement;
    shown = { ids: [...ids, ...against], against: against.length, at: 0, title: title || "Statement", before: null };
    $("#claim-title").focus();
    return showClaim();
  };
  const closeClaim = () => {
    if (!shown) return;
    shown = null;
    if (sheet.open) sheet.close();
    for (const one of $$(".said.now")) one.classList.remove("now");
    $("#claim-body").replaceChildren();
    setView({ claim: "" });
    if (opener?.isConnected && opener !== document.body) opener.focus({ preventScroll: true });
    opener = null;
  };
  const turn = (step) => {
    const at = shown.at + step;
    if (at < 0 || at >= shown.ids.length) return;
    shown.at = at;
    if (document.activeElement?.disabled) $("#claim-title").focus();
    showClaim();
  };

  const unfold = (place) => {
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  /** Leads to the sentence in its article, which is opened for it. */
  const reveal = (id) => {
    const place = document.getElementById(id);
    unfold(place);
    const link = place.closest("a") ?? $("a", place) ?? place;
    if (!WIDE.matches) {
      opener = null;
      closeClaim();
    }
    link.scrollIntoView({ block: "center", behavior: "instant" });
    link.focus({ preventScroll: true });
  };

  const copyCitation = async (button) => {
    const line = $("p", button.parentElement);
    try {
      await navigator.clipboard.writeText(line.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(line); // a page opened from a disk may be kept from the clipboard
      button.textContent = "Selected: copy it with Ctrl+C or ⌘C";
    }
  };

  const listOf = (text) => (text ?? "").split(" ").filter(Boolean);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-claims], a[href]");
    if (link && !("claims" in link.dataset) && !claimsOf(link).length) return;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!getSelection().isCollapsed && link.matches(".said")) return; // words of an article are being selected
    const before = sheet.contains(link) ? shown : null;
    if (!before) link.focus?.({ preventScroll: true }); // Safari does not focus what is clicked
    openClaims(claimsOf(link), link.dataset.title ?? before?.title ?? (link.matches(".said") ? "" : link.textContent.trim()), listOf(link.dataset.against));
    if (before) {
      shown.before = before;
      $("[data-back]", sheet).hidden = false;
    }
  });
  sheet.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) {
      if (event.target === sheet && sheet.matches(":modal")) closeClaim(); // beside a sheet that covers the page
    } else if ("close" in button.dataset) closeClaim();
    else if ("step" in button.dataset) turn(Number(button.dataset.step));
    else if ("reveal" in button.dataset) reveal(idAt());
    else if ("copy" in button.dataset) copyCitation(button);
    else if ("back" in button.dataset) {
      shown = shown.before;
      $("#claim-title").focus();
      showClaim();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!shown || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") closeClaim();
    else if (step && sheet.contains(document.activeElement)) turn(step);
    else return;
    event.preventDefault();
  });
  sheet.addEventListener("close", () => sheet.open || closeClaim()); // by what else a browser offers for closing, as a phone's back gesture

  /** An address that ends in "#s36a801" names a sentence: its claim is opened beside it. */
  const openLinked = () => {
    const place = /^#s[0-9a-f]+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!place) return;
    unfold(place);
    place.scrollIntoView({ block: "center", behavior: "instant" });
    openClaims([place.id]);
  };
  addEventListener("hashchange", openLinked);
  let hasStarted = false;
  onView((now, changed) => {
    const isFirst = !hasStarted;
    hasStarted = true;
    if (isFirst && !now.claim) openLinked();
    if (!changed.has("claim") || (now.claim ?? "") === (shown ? idAt() : "")) return;
    if (now.claim) openClaims([now.claim], shown?.title);
    else closeClaim();
  }, { withClaim: true });
  return openClaims;
})();
