// A draft of the enquiry: kept in this browser alone, for 24 hours, and gone once it is sent. Without scripts the form
// works as well; what was typed then comes back with the page.
(() => {
  const NAME = "enquiry-draft";
  const LIFETIME = 24 * 60 * 60 * 1000;
  const FIELDS = ["topic", "name", "reading", "organisation", "email", "phone", "subject", "message"];

  const storage = (deed) => {
    try {
      return deed(localStorage);
    } catch {
      // A browser that keeps nothing keeps no draft.
      return null;
    }
  };
  const forget = () => storage((kept) => kept.removeItem(NAME));

  if (document.querySelector("[data-draft-over]")) {
    forget();
    // Whoever goes back to the form begins another enquiry.
    try {
      sessionStorage.setItem(NAME, "sent");
    } catch {
      // Then what is sent again counts as a correction.
    }
  }
  const form = document.querySelector("form[data-draft]");
  const read = () => {
    const kept = storage((all) => JSON.parse(all.getItem(NAME)));
    return kept && Math.abs(Date.now() - kept.at) < LIFETIME ? kept : null;
  };
  if (!read()) forget();
  if (!form) return;
  addEventListener("pageshow", (event) => {
    let sent = null;
    try {
      sent = sessionStorage.getItem(NAME);
      sessionStorage.removeItem(NAME);
    } catch {
      // As above.
    }
    if (sent && event.persisted) location.replace(form.action.replace(/[^/]*$/, "enquiries/new"));
  });
  const control = (field) => form.elements.namedItem(field);
  // Only Japanese asks how a name is read.
  const asked = (fields) => fields.filter(control);
  // The questions of topics; an answer by one of several options holds as long as these are its options.
  const questions = () => {
    const named = form.querySelectorAll(".asked [name]:not([type=hidden], [type=file], [name=kept])");
    return [...new Map([...named].map((input) => [input.name, input.dataset.options || ""]))].map(
      ([name, options]) => ({ name, key: `${name} ${options}` }),
    );
  };
  const typed = () => ({
    ...Object.fromEntries(asked(FIELDS).map((field) => [field, control(field).value])),
    ...Object.fromEntries(questions().map(({ name, key }) => [key, control(name).value])),
  });
  // Files that went ahead wait at the desk for as long; the draft knows what they are called by.
  const files = () =>
    [...form.querySelectorAll(".files-kept [name=kept]:checked")].map((box) => ({
      signed: box.value,
      name: box.closest("li").querySelector("bdi").textContent,
      size: box.closest("li").querySelector(".files-size").textContent,
      field: box.closest(".field").querySelector("input[type=file]").name,
    }));
  const show = ({ signed, name, size, field }) => {
    const input = control(field);
    const list = input && input.closest(".field").querySelector(".files-kept");
    if (!list) return;
    const make = (tag, properties, ...children) => {
      const made = Object.assign(document.createElement(tag), properties);
      made.append(...children);
      return made;
    };
    const box = make("input", { type: "checkbox", className: "choice", name: "kept", value: signed, checked: true });
    const title = make("span", {}, make("bdi", {}, name), " ", make("span", { className: "files-size" }, size));
    list.querySelector("ul").append(make("li", {}, make("label", {}, box, title)));
    list.hidden = false;
  };
  const write = () =>
    storage((kept) => kept.setItem(NAME, JSON.stringify({ at: Date.now(), typed: typed(), files: files() })));

  const notice = document.getElementById("draft");
  const said = notice.querySelector("[role=status]");
  const kept = form.dataset.draft === "blank" ? read() : null;
  const draft = kept && kept.typed;
  // What a link filled in is another matter than the draft: only who asks is the same.
  const restored = control("subject").value ? ["name", "reading", "organisation", "email", "phone"] : FIELDS;
  if (draft && Object.entries(draft).some(([field, value]) => field !== "topic" && value)) {
    for (const field of asked(restored)) {
      if (!control(field).value) control(field).value = draft[field] || "";
    }
    if (restored === FIELDS) {
      for (const { name, key } of questions()) {
        if (draft[key] && !control(name).value) control(name).value = draft[key];
      }
      for (const file of kept.files || []) show(file);
    }
    notice.hidden = false;
    said.textContent = said.dataset.restored;
    control("message").dispatchEvent(new Event("input"));
  } else if (form.dataset.draft === "kept") {
    write();
  }

  let waiting;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(write, 300);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  addEventListener("pagehide", () => {
    if (waiting) write();
  });
  notice.querySelector("button").addEventListener("click", (event) => {
    clearTimeout(waiting);
    waiting = null;
    form.reset();
    for (const line of form.querySelectorAll(".files-kept li")) line.remove();
    for (const list of form.querySelectorAll(".files-kept")) list.hidden = true;
    control("subject").value = "";
    control("subject").dispatchEvent(new Event("input"));
    control("message").dispatchEvent(new Event("input"));
    forget();
    said.textContent = said.dataset.cleared;
    event.currentTarget.hidden = true;
    control("name").focus();
  });
})();
