// The picture, live: says when another one has been drawn since, and shows it when that is asked for.
{
  const note = document.getElementById("newer");
  if (note) {
    const shown = document.documentElement.dataset.edition;
    const follow = new EventSource("/events/stream");
    follow.addEventListener("state", (event) => {
      const { edition } = JSON.parse(event.data);
      if (!edition || edition === shown) return;
      note.querySelector("span").textContent = "The picture has changed since.";
      note.hidden = false;
      follow.close();
    });
    note.querySelector("a").addEventListener("click", (event) => {
      event.preventDefault();
      location.reload(); // the address keeps days and filters
    });
    addEventListener("pagehide", () => follow.close());
  }
}
