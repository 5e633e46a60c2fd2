// Reading in, on the live page: files dropped anywhere on it are sent to /read, and a job tells how far it is.
// Without this script the form of /read does the same, and its page asks again by itself.
{
  const form = document.querySelector("form[data-drop]");
  const status = document.getElementById("job");

  const send = async (data) => {
    const answer = await fetch("/read", { method: "POST", body: data, headers: { accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok) location.href = told.job;
    else say(told.error);
  };
  const say = (line) => {
    const main = document.querySelector("main");
    const note = Object.assign(document.createElement("p"), { className: "none", textContent: line });
    note.setAttribute("role", "alert");
    main.prepend(note);
  };

  if (document.documentElement.dataset.live) {
    addEventListener("dragover", (event) => {
      if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
    });
    addEventListener("drop", (event) => {
      const files = [...event.dataTransfer.files];
      if (!files.length) return;
      event.preventDefault();
      const data = new FormData();
      for (const file of files) data.append("files", file);
      send(data).catch(() => say("The server does not answer; is it still running?"));
    });
  }

  if (form) form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(new FormData(form)).catch(() => say("The server does not answer; is it still running?"));
  });

  if (status && !("done" in status.dataset)) {
    const lines = document.getElementById("job-lines");
    const follow = new EventSource(`/read/${status.dataset.job}/events`);
    follow.addEventListener("job", (event) => {
      const job = JSON.parse(event.data);
      status.textContent = job.words;
      for (const line of job.lines.slice(lines.children.length)) {
        const item = document.createElement("li");
        const link = line.article ? Object.assign(document.createElement("a"), { href: `/article/${line.article}` }) : item;
        link.textContent = line.words;
        if (link !== item) item.append(link);
        lines.append(item);
      }
      if (job.done) follow.close();
    });
  }
}
