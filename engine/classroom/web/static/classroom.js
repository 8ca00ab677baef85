// The classroom's script: forms are sent without leaving the page, and parts of it are swapped as the server pushes them.
(() => {
  "use strict";

  const UNSENT = "Not sent: the network did not answer. Try again.";
  const FORBIDDEN = 4403; // the line is closed with this once a page may see nothing any more
  const CROWDED = 4429; // and with this where more pages are open than may be
  const body = document.body;
  const live = body.dataset.live || "";
  let connected = !live;
  let armed = null; // the button that was pressed once of the twice it needs: where it sends, what, until when
  const labels = new WeakMap(); // what stood on a button before it was pressed once
  const inFlight = new Set();

  const at = (id) => document.getElementById(id);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // ---- forms ----

  const nameOf = (form) => form.dataset.post + "|" + JSON.stringify(hiddenFields(form));

  // One answer is under way at a time, whichever it is; other forms wait for themselves alone.
  const laneOf = (form) => ("playing" in form.dataset ? form.dataset.post : nameOf(form));

  function hiddenFields(form) {
    return all("input[type=hidden]", form).map((field) => [field.name, field.value]);
  }

  function valueOf(field) {
    switch (field.dataset.as) {
      case "number": return Number(field.value);
      case "number-or-none": return field.value === "" ? null : Number(field.value);
      case "percent": return Number(field.value) / 100;
      case "bool": return field.value !== "";
      default: return field.value;
    }
  }

  function bodyOf(form) {
    const sent = {};
    for (const field of Array.from(form.elements)) {
      if (!field.name || field.matches(":disabled") || field.tagName === "BUTTON") continue;
      if (field.dataset.as === "many") {
        sent[field.name] = sent[field.name] || [];
        if (field.checked) sent[field.name].push(field.value);
      } else if (field.dataset.in) {
        sent[field.dataset.in] = sent[field.dataset.in] || {};
        sent[field.dataset.in][field.name] = valueOf(field);
      } else {
        sent[field.name] = valueOf(field);
      }
    }
    return sent;
  }

  function reply(form, text, wrong) {
    const place = form.querySelector(".reply");
    if (!place) return;
    place.textContent = text;
    place.classList.toggle("wrong", Boolean(wrong));
  }

  function mayPress(form) {
    if (!connected || inFlight.has(laneOf(form))) return false;
    const status = body.dataset.status;
    if ("playing" in form.dataset) return status === "playing";
    if ("running" in form.dataset) return status === "playing" || status === "paused";
    if ("begun" in form.dataset) return status === "playing" || status === "paused" || status === "over";
    return true;
  }

  // Buttons that cannot be pressed keep the focus, so they are marked and not disabled.
  function refresh() {
    for (const form of all("form[data-post]")) {
      const may = mayPress(form);
      for (const button of all("button:not([type=button])", form)) {
        button.setAttribute("aria-disabled", String(!may));
        if (button.dataset.twice) showArmed(form, button);
      }
    }
    const offline = at("offline");
    if (connected) offline.textContent = "";
    offline.hidden = !offline.textContent;
  }

  function isArmed(form) {
    return armed !== null && armed.name === nameOf(form) && armed.until > Date.now();
  }

  function showArmed(form, button) {
    const now = isArmed(form);
    if (now === button.classList.contains("armed")) return;
    button.classList.toggle("armed", now);
    if (now) {
      labels.set(button, Array.from(button.childNodes));
      button.textContent = button.dataset.twice;
    } else {
      button.replaceChildren(...labels.get(button));
    }
  }

  function arm(form, button) {
    armed = { name: nameOf(form), until: Date.now() + 6000 };
    refresh();
    tell(button.dataset.twice);
    setTimeout(refresh, 6100);
  }

  async function post(form) {
    const lane = laneOf(form);
    inFlight.add(lane);
    reply(form, "");
    refresh();
    let response = null;
    let said = {};
    try {
      response = await fetch(form.dataset.post, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-Wedge": "1" },
        body: JSON.stringify(bodyOf(form)),
        signal: AbortSignal.timeout ? AbortSignal.timeout(20000) : undefined,
      });
      said = (await response.json().catch(() => ({}))) || {};
    } catch {
      response = null;
    }
    inFlight.delete(lane);
    refresh();
    settle(standing(form), response, said);
  }

  // A part may have been swapped while its form was being sent: the answer goes to the form that stands there now.
  function standing(form) {
    if (form.isConnected) return form;
    const name = nameOf(form);
    return all("form[data-post]").find((other) => nameOf(other) === name) || form;
  }

  function settle(form, response, said) {
    if (response === null) return reply(form, UNSENT, true);
    if (response.ok) {
      if (typeof said.goto === "string") return go(said.goto);
      if (Array.isArray(said.advice)) return showAdvice(form, said.advice);
      if (form.dataset.clear) form.elements[form.dataset.clear].value = "";
      return reply(form, "Sent.");
    }
    const help = [said.error, said.help].filter((text) => typeof text === "string" && text);
    if (response.status === 429) help.push("Wait a moment, then try again.");
    if (!help.length) help.push("The server refused that (" + response.status + ").");
    reply(form, help.map(sentence).join(" "), true);
  }

  function sentence(text) {
    const begun = text.charAt(0).toUpperCase() + text.slice(1);
    return /[.!?]$/.test(begun) ? begun : begun + ".";
  }

  function showAdvice(form, lines) {
    const place = form.querySelector(".advice");
    place.replaceChildren(...lines.map((line) => {
      const p = document.createElement("p");
      p.textContent = line;
      return p;
    }));
  }

  function go(path) {
    if (/^\/(?![/\\])/.test(path)) location.assign(path);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.post) return;
    event.preventDefault();
    if (!mayPress(form)) {
      if (connected && !inFlight.has(laneOf(form))) reply(form, "That cannot be done now.", true);
      return;
    }
    const button = event.submitter || form.querySelector("button:not([type=button])");
    if (button && button.dataset.twice && !isArmed(form)) return arm(form, button);
    armed = null;
    post(form);
  });

  // ---- sliders and the numbers beside them ----

  const tidy = (value) => String(Math.round(value * 100) / 100);

  function fromSlider(slider) {
    const field = at(slider.dataset.for);
    const lowest = slider.dataset.lowest || "0";
    field.value = Number(slider.value) < Number(lowest) ? lowest : tidy(Number(slider.value));
    weigh(field);
  }

  function setNumber(field, value) {
    field.value = value;
    const slider = document.querySelector('[data-for="' + CSS.escape(field.id) + '"]');
    if (slider) slider.value = value;
    weigh(field);
  }

  // What the server would refuse is said while it is being chosen; the server decides all the same.
  function weigh(field) {
    const warning = at("warn-" + field.name);
    if (warning) {
      const past = field.dataset.red !== undefined && field.value !== "" &&
        (Number(field.value) - Number(field.dataset.red)) * (field.dataset.redAbove ? 1 : -1) > 1e-9;
      write(warning, past ? "This is past your own red line." : "");
    }
    const shares = at("shares");
    if (!shares || !field.dataset.share) return;
    const sums = new Map();
    for (const one of all("[data-share]")) {
      sums.set(one.dataset.share, (sums.get(one.dataset.share) || 0) + Number(one.value));
    }
    const over = Array.from(sums.values()).filter((sum) => sum > 1 + 1e-9);
    write(shares, over.length ? "Shares of one thing come to " + tidy(over[0]) + "; they must come to 1 or less." : "");
  }

  function write(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  for (const kind of ["input", "click"]) { // a tap where the slider already stands is a choice too
    document.addEventListener(kind, (event) => {
      const field = event.target;
      if (!(field instanceof HTMLInputElement)) return;
      if (field.type === "range" && field.dataset.for) fromSlider(field);
      else if (kind === "input" && field.type === "number") setNumber(field, field.value);
    });
  }
  document.addEventListener("click", (event) => {
    const pick = event.target instanceof Element ? event.target.closest("[data-pick]") : null;
    if (pick) setNumber(at(pick.dataset.pick), pick.value);
  });

  // ---- the fields that belong to the chosen scenario ----

  function showChosen(select) {
    for (const group of all("[data-" + select.dataset.shows + "]")) {
      const chosen = group.getAttribute("data-" + select.dataset.shows) === select.value;
      group.hidden = !chosen;
      group.disabled = !chosen;
    }
  }
  for (const select of all("select[data-shows]")) {
    select.addEventListener("change", () => showChosen(select));
    showChosen(select);
  }

  // ---- swapping parts ----

  const latest = new Map(); // what was last pushed into each part, or stood in the page at first
  for (const place of all("[id]")) latest.set(place.id, place.innerHTML);

  // A choice that a person made is kept; where none was made, the first choice is the server's.
  const picked = new Set();
  document.addEventListener("change", (event) => {
    if (event.target.tagName === "SELECT") picked.add(event.target.id);
  });

  function parsed(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template;
  }

  // A part that comes as it was is left alone: the form of a question comes as it was until another question is asked.
  // What a person has opened or chosen in another part is put back after its swap, and so is the focus.
  function swap(place, html) {
    const template = parsed(html);
    if (latest.get(place.id) === template.innerHTML) return false;
    const isNew = "question" in place.dataset; // another question: nothing of the last one is kept
    latest.set(place.id, template.innerHTML);
    const kept = new Map();
    if (!isNew) {
      for (const field of all("select[id]", place)) if (picked.has(field.id)) kept.set(field.id, field.value);
      for (const box of all("details[id]", place)) kept.set(box.id, box.open);
    }
    const chosen = picked.has(place.id) ? place.value : null;
    const focus = place.contains(document.activeElement) ? document.activeElement.id : "";
    place.replaceChildren(template.content);
    for (const [id, value] of kept) restore(at(id), value);
    if (chosen !== null) restore(place, chosen);
    const again = focus && at(focus);
    if (again && again !== place) again.focus({ preventScroll: true });
    return true;
  }

  function restore(field, value) {
    if (!field) return;
    if (field.tagName === "DETAILS") field.open = value;
    else if (Array.from(field.options).some((option) => option.value === value)) field.value = value;
  }

  // The thing under the reader's eyes stays where it is when something above it grows.
  function anchor() {
    const active = document.activeElement;
    const seen = active && active !== body && inSight(active) ? active
      : document.elementFromPoint(innerWidth / 2, innerHeight / 3);
    const chain = [];
    for (let one = seen; one && one !== body; one = one.parentElement) chain.push([one, one.getBoundingClientRect().top]);
    return () => {
      const [one, top] = chain.find(([each]) => each.isConnected) || [];
      if (one && scrollY > 0) scrollBy(0, one.getBoundingClientRect().top - top);
    };
  }

  function inSight(element) {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  function tell(text) {
    const told = at("told");
    told.textContent = "";
    requestAnimationFrame(() => { told.textContent = text; });
  }

  let first = true;

  function take(message) {
    if (typeof message.goto === "string") return go(message.goto);
    const settled = anchor();
    const wasAsked = body.dataset.asked;
    const changed = [];
    for (const [id, html] of Object.entries(message.parts || {})) {
      const place = at(id);
      if (place && swap(place, html)) changed.push(place);
    }
    if ("status" in message && message.status !== body.dataset.status) {
      body.dataset.status = message.status;
      for (const place of all(".reply.wrong")) place.textContent = ""; // what could not be done then may be now
    }
    if ("asked" in message) body.dataset.asked = message.asked;
    if ("left" in message) setLeft(message.left);
    for (const one of all("[data-needs]")) one.hidden = !at(one.dataset.needs).childElementCount;
    refresh();
    tick();
    settled();
    entitle();
    if (!first && changed.length) sayWhat(changed, wasAsked);
    first = false;
  }

  const ORDER = ["notice", "round", "decision", "said", "history", "sealed", "debrief", "people", "awaited", "lobby", "clock"];

  function sayWhat(changed, wasAsked) {
    const heading = document.querySelector("[data-heading]");
    if (heading && body.dataset.asked !== wasAsked) return tell(heading.textContent);
    const said = changed.filter((place) => place.dataset.told)
      .sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
    if (said.length) tell(said[0].dataset.told);
  }

  function entitle() {
    const due = body.dataset.asked && body.dataset.status === "playing" && !at("sealed")?.childElementCount;
    const title = document.querySelector("h1").textContent + " – Wedge";
    document.title = due ? "Your move – " + title : title;
  }

  // ---- the clock runs here; the server says how much is left ----

  let ends = null;

  function setLeft(seconds) {
    ends = typeof seconds === "number" ? performance.now() + 1000 * seconds : null;
  }

  function tick() {
    const left = ends === null ? null : Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    for (const place of all("[data-countdown]")) {
      write(place, left === null ? "" : Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0") + " left");
      place.classList.toggle("soon", left !== null && left <= 15);
    }
    if (left === 30 && body.dataset.asked && told30 !== ends) {
      told30 = ends;
      tell("30 seconds are left.");
    }
  }
  let told30 = null;

  // ---- the line to the server ----

  let socket = null;
  let wait = 500;
  let retry = 0;

  function connect() {
    clearTimeout(retry);
    if (socket) {
      socket.onclose = socket.onmessage = null;
      socket.close();
    }
    const scheme = location.protocol === "https:" ? "wss://" : "ws://";
    const mine = new WebSocket(scheme + location.host + live);
    socket = mine;
    const late = setTimeout(() => mine.close(), 8000); // a network that swallows everything answers nothing at all
    mine.onmessage = (event) => {
      clearTimeout(late);
      let message;
      try {
        message = JSON.parse(event.data);
      } catch {
        return; // such as "pong"
      }
      if (message === null || typeof message !== "object") return;
      connected = true;
      wait = 500;
      take(message);
    };
    mine.onclose = (event) => {
      clearTimeout(late);
      if (event.code === FORBIDDEN && !first) return location.reload();
      if (event.code === CROWDED) return lost("Too many pages are open. Close some, then load this one again.");
      lost();
      retry = setTimeout(connect, wait * (0.75 + Math.random() / 2));
      wait = Math.min(5000, wait * 1.7);
    };
  }

  function lost(why = "Not connected. Trying again; what you have typed stays.") {
    connected = false;
    write(at("offline"), why);
    refresh();
  }

  function wake() {
    wait = 500;
    connect();
  }

  if (live) {
    let hiddenSince = 0;
    setLeft(body.dataset.left === "" ? null : Number(body.dataset.left));
    connected = false;
    connect();
    setTimeout(() => { if (!connected) lost(); }, 1500); // the first connection is given a moment before it is missed
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) hiddenSince = Date.now();
      else if (!connected || Date.now() - hiddenSince > 3000) wake();
    });
    addEventListener("online", wake);
    addEventListener("offline", () => lost());
    addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
    setInterval(() => { if (socket.readyState === WebSocket.OPEN) socket.send("ping"); }, 20000);
    setInterval(tick, 500);
    tick();
    entitle();
  }
  refresh();
})();
