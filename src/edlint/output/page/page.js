// Opens articles, filters, counts, and leads from finding to finding. Without it the page can be read all the same.
//
// An article is text in a `noscript` element until it is opened. What is put into the page as markup comes from there
// alone, where every word was escaped; all else goes in as text.
"use strict";

(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const STATES = ["standing", "allowed", "baselined"];
  const SEVERITIES = ["", "suggestion", "warning", "error"];
  const MANY = 4; // notes on one paragraph, above which each has but a line until it is chosen
  const SIDE = 40; // pixels that are left beside a place in a box that scrolls sideways
  const FAR = 200; // pixels between a paragraph and its notes, above which those that are in the way have but a line
  const root = document.documentElement;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const articles = data.articles.map(([id, rows]) => ({ id, rows, text: null, visible: 0 }));
  const byId = new Map(articles.map((article) => [article.id, article]));
  all("[data-list] a").forEach((link, place) => {
    const article = articles[place];
    article.link = link;
    article.item = link.parentElement;
    article.name = one(".name", link).textContent;
    article.node = document.getElementById(article.id);
  });
  const written = (number) => number.toLocaleString("en-US");
  const stem = (name) => name.split(".")[0];
  const filter = { severities: new Set([1, 2, 3]), states: new Set([0]), style: "", rule: "", words: "" };
  let open = null; // the article that is read
  let chosen = null; // the note that is looked at
  root.classList.add("js");

  // What is kept from one visit to the next, where the browser allows it.
  const kept = (name) => { try { return localStorage.getItem(`edlint-${name}`); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(`edlint-${name}`, value); } catch { /* not kept */ } };

  // Filters

  const isOf = (rule) => (!filter.rule || filter.rule === rule) && (!filter.style || filter.style === stem(rule));
  const passes = (rule, severity, state) =>
    filter.severities.has(severity) && filter.states.has(state) && isOf(rule);
  const isFiltered = () =>
    filter.severities.size < 3 || filter.style !== "" || filter.rule !== "" || filter.words !== "";
  const plain = (html) => html.replace(/<a class="ref"[^>]*>\d+<\/a>/g, "").replace(/<[^>]*>/g, "");

  function holds(article) {
    if (!filter.words) return true;
    if (article.text === null) {
      const box = document.createElement("textarea"); // reads entities, and nothing else
      box.innerHTML = plain(source(article));
      article.text = `${article.name} ${box.value}`.replace(/\s+/g, " ").toLowerCase();
    }
    return article.text.includes(filter.words);
  }

  // What is shown; what of each severity and state would be, if its box were ticked; and how much there is to filter.
  const nothing = () => ({
    states: [0, 0, 0], whole: 0, severities: [0, 0, 0, 0], bySeverity: [0, 0, 0, 0], byState: [0, 0, 0], rules: new Map(),
  });

  function count(article, held, sums) {
    const severities = [0, 0, 0, 0];
    for (const [place, severity, state, number] of article.rows) {
      const rule = data.rules[place];
      const [severe, stated] = [filter.severities.has(severity), filter.states.has(state)];
      if (state === 0) sums.whole += number;
      if (!isOf(rule)) continue;
      if (severe && stated) severities[severity] += number;
      if (!held) continue;
      if (stated) sums.bySeverity[severity] += number;
      if (severe) sums.byState[state] += number;
      if (!severe || !stated) continue;
      if (!sums.rules.has(rule)) sums.rules.set(rule, [0, 0, 0, 0]);
      sums.rules.get(rule)[severity] += number;
      sums.states[state] += number;
      if (state === 0) sums.severities[severity] += number;
    }
    return severities;
  }

  function refresh() {
    const sums = nothing();
    let listed = 0;
    const hides = isFiltered();
    for (const article of articles) {
      const held = holds(article);
      article.found = count(article, held, sums);
      const total = sum(article.found);
      article.visible = held ? total : 0;
      const shown = held && (total > 0 || !hides || (filter.words !== "" && filter.rule + filter.style === ""));
      article.item.hidden = !shown;
      listed += shown;
      const number = one(".count", article.link);
      number.textContent = written(total);
      number.className = `count ${SEVERITIES[article.found.findLastIndex((found) => found > 0)] || "none"}`;
    }
    one("[data-empty]").hidden = listed > 0;
    one("[data-listed]").textContent =
      listed < articles.length ? `${written(listed)} of ${written(articles.length)}` : written(listed);
    one("[data-do=clear]").hidden = !hides;
    drawRules(sums.rules);
    drawArticles();
    tell(sums);
    if (open) filterNotes(open);
  }

  const many = (number, noun) => `${written(number)} ${noun}${number === 1 ? "" : "s"}`;
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

  // Says in the head of the page and in that of the overview how much is shown, and of how much. What does not count
  // is told of by itself.
  function tell({ states, whole, severities, bySeverity, byState }) {
    const having = articles.filter((article) => article.visible > 0).length;
    const within = many(articles.length, "article");
    const [total, allowed, known] = states;
    const some = total === whole ? many(total, "finding") : `${total ? written(total) : "None"} of ${many(whole, "finding")}`;
    const found = [whole && some, allowed && `${written(allowed)} allowed`, known && `${written(known)} known`].filter(Boolean);
    const told = `${found.join(" and ") || "Nothing found"} in ${having && having < articles.length ? `${written(having)} of ` : ""}${within}`;
    one("#top").textContent = told;
    one("[data-status]").textContent = told;
    for (const box of all("[data-severity]")) sayCount(box, bySeverity[box.dataset.severity]);
    for (const box of all("[data-state]")) sayCount(box, byState[box.dataset.state]);
    for (const item of all("[data-sum]")) {
      const number = severities[item.dataset.sum];
      item.textContent = many(number, SEVERITIES[item.dataset.sum]);
      item.hidden = number === 0;
    }
    for (const item of all("[data-of]")) {
      const number = byState[item.dataset.of];
      item.textContent = item.textContent.replace(/^[\d,]+/, written(number));
      item.hidden = number === 0;
    }
    one("[data-begin]").hidden = having === 0;
    one("[data-printed]").textContent = many(having, "article");
  }

  const sayCount = (box, number) => { one(".count", box.parentElement).textContent = written(number); };

  // Shows and hides notes and marks of an article that is drawn.
  function filterNotes(article) {
    const visible = new Map();
    for (const note of notes(article)) {
      const [severity, state] = [SEVERITIES, STATES].map((names) => names.findIndex((name) => note.classList.contains(name)));
      const shown = passes(note.dataset.rule, severity, state);
      note.hidden = !shown;
      visible.set(note.dataset.n, shown);
    }
    for (const mark of all("mark, .ref", article.node)) mark.classList.toggle("off", !visible.get(mark.dataset.n));
    for (const list of all(".notes", article.node)) {
      const number = all(".note:not([hidden])", list).length;
      list.hidden = number === 0;
      list.classList.toggle("many", number > MANY);
    }
    article.node.setAttribute("aria-label", `${article.name}: ${many(sum(article.found), "finding")}`);
    bringNear(article);
    if (chosen?.hidden) choose(null);
    showWhere();
    markWords(article);
  }

  // Notes stand below each other in the margin, and drift from their paragraphs where there are many. Where they drift
  // far, those that are in the way have but a line.
  function bringNear(article) {
    let first = 0; // of those that follow each other without a gap
    drifts(article).forEach(([, drift], place, lists) => {
      if (drift < 10) first = place;
      if (drift < FAR) return;
      for (; first < place; first++) lists[first][0].classList.add("many");
    });
  }

  const isInMargin = (list) => getComputedStyle(list).float !== "none";

  // The lists of notes in the margin, each with how far below its paragraph it begins; none on a phone.
  function drifts(article) {
    const lists = all(".notes:not([hidden])", article.node);
    if (!lists.length || !isInMargin(lists[0])) return [];
    return lists.map((list) => [list, list.getBoundingClientRect().top - list.parentElement.getBoundingClientRect().top]);
  }

  // Where even that is not enough, the note that is looked at comes to its words, and those in its way go for a while.
  function clearTheWay(note) {
    const lists = drifts(open);
    let place = lists.findIndex(([list]) => list.contains(note));
    if (place < 0) return;
    const list = lists[place][0];
    if (lists[place][1] >= 2 * FAR) while (place > 0 && lists[place][1] >= 10) lists[--place][0].classList.add("away");
    const top = (node) => node.getBoundingClientRect().top;
    const drift = top(note) - top(wordsOf(note));
    if (drift < -2 * FAR) note.style.marginTop = `${-drift}px`;
    if (drift < 2 * FAR) return;
    const shown = all(".note:not([hidden])", list);
    const before = shown.slice(0, shown.indexOf(note));
    const tops = before.map(top);
    before.filter((_, number) => tops[number] - tops[0] < drift).forEach((other) => other.classList.add("away"));
  }

  // The words that a note is of, or the note itself.
  const wordsOf = (note) => one(`mark[data-n="${note.dataset.n}"]`, open.node) ?? note;

  // Marks the words that are searched for, and says so where the article does not have them. Gives their places.
  function markWords(article) {
    const absent = one("[data-absent]");
    absent.hidden = article !== open || holds(article);
    absent.textContent = absent.hidden ? "" : `“${filter.words}” is not in this article. Enter opens the first that has it.`;
    if (!window.CSS?.highlights) return [];
    const places = filter.words ? occurrences(one(".read", article.node), filter.words) : [];
    CSS.highlights.set("found", new Highlight(...places));
    return places;
  }

  // Where words stand in what is shown, also across elements; numbers of notes are no words.
  function occurrences(sheet, words) {
    const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
    const texts = [], starts = [];
    let length = 0;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(".ref, .path")) continue;
      texts.push(node);
      starts.push(length);
      length += node.data.length;
    }
    const at = (offset) => {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (starts[middle] <= offset) low = middle; else high = middle - 1;
      }
      return [texts[low], offset - starts[low]];
    };
    const pattern = words.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
    const whole = texts.map((node) => node.data).join("");
    return [...whole.matchAll(new RegExp(pattern, "giu"))].map((match) => {
      const range = new Range();
      range.setStart(...at(match.index));
      const [last, offset] = at(match.index + match[0].length - 1);
      range.setEnd(last, offset + 1);
      return range;
    });
  }

  // Charts

  function bar(link, severities, longest) {
    let x = 0;
    for (const level of [3, 2, 1]) {
      const rect = one(`rect.${SEVERITIES[level]}`, link);
      const width = (100 * severities[level]) / longest;
      rect.setAttribute("x", x.toFixed(2));
      rect.setAttribute("width", width.toFixed(2));
      x += width;
    }
    const total = severities.reduce((sum, number) => sum + number);
    one(".count", link).textContent = written(total);
    link.parentElement.hidden = total === 0;
  }

  const ofRules = one("[data-chart=rule]");
  const ofArticles = one("[data-chart=article]");
  const glance = ofRules ? one("ol", ofRules).children.length : 0; // how many rules stand before the fold

  function drawRules(rules) {
    if (!ofRules) return;
    const focused = document.activeElement; // which loses it, where its row is moved
    const found = (link) => rules.get(link.dataset.rule) ?? [0, 0, 0, 0];
    const links = all("a", ofRules).sort((a, b) => sum(found(b)) - sum(found(a)) || (a.dataset.rule < b.dataset.rule ? -1 : 1));
    const longest = Math.max(1, sum(found(links[0])));
    const [first, folded] = all("ol", ofRules);
    links.forEach((link, place) => {
      bar(link, found(link), longest);
      link.setAttribute("aria-pressed", String(filter.rule === link.dataset.rule));
      (place < glance ? first : folded).append(link.parentElement);
    });
    ofRules.hidden = rules.size === 0;
    if (folded) {
      one("details", ofRules).hidden = rules.size <= glance;
      one("summary", ofRules).textContent = many(rules.size - glance, "more rule");
    }
    if (ofRules.contains(focused)) focused.focus({ preventScroll: true });
  }

  function drawArticles() {
    const worst = articles.filter((article) => article.visible > 0)
      .sort((a, b) => b.visible - a.visible || (a.name < b.name ? -1 : 1));
    if (!ofArticles) return;
    const longest = worst.length ? worst[0].visible : 1;
    ofArticles.hidden = worst.length === 0;
    all("a", ofArticles).forEach((link, place) => {
      const article = worst[place];
      if (article) {
        link.hash = article.id;
        link.dataset.article = article.id;
        one(".name", link).textContent = article.name;
      }
      bar(link, article ? article.found : [0, 0, 0, 0], longest);
    });
  }

  // Articles

  const source = (article) => one("noscript", article.node).textContent;
  const notes = (article = open) => (article ? all(".note", article.node) : []);
  const shownNotes = () => notes().filter((note) => !note.hidden);

  function draw(article) {
    const sheet = document.createElement("div");
    sheet.className = "read";
    sheet.innerHTML = source(article);
    article.node.append(sheet);
    article.node.classList.add("open");
    filterNotes(article);
  }

  function erase(article) {
    one(".read", article.node).remove();
    article.node.classList.remove("open");
  }

  // The overview and all articles with findings, as far as filters let them, one after the other.
  function print() {
    const printed = articles.filter((article) => article.visible > 0);
    root.classList.add("printing");
    printed.forEach(draw);
    addEventListener("afterprint", () => { printed.forEach(erase); root.classList.remove("printing"); }, { once: true });
    window.print();
  }

  function show(article) {
    if (article === open) return;
    choose(null);
    if (open) {
      erase(open);
      open.link.removeAttribute("aria-current");
    }
    open = article;
    one("[data-absent]").hidden = true;
    root.dataset.view = article ? "article" : "front";
    one(".overview a").toggleAttribute("aria-current", article === null);
    one("[data-front]").hidden = article !== null;
    all("[data-rules]").forEach((rules) => { rules.hidden = article !== null; });
    one("[data-pager]").hidden = article === null;
    if (article) {
      draw(article);
      article.link.setAttribute("aria-current", "page");
      article.link.scrollIntoView({ block: "nearest" });
    }
    window.scrollTo(0, 0);
  }

  function showWhere() {
    const shown = shownNotes();
    const place = shown.indexOf(chosen);
    one("[data-where]").textContent =
      place >= 0 ? `${place + 1} of ${many(shown.length, "finding")}` : many(shown.length, "finding");
  }

  // Findings

  function choose(note, focus = true) {
    if (chosen) {
      all(".chosen, .away", open.node).forEach((node) => node.classList.remove("chosen", "away", "sheet"));
      one(".why", chosen)?.remove();
      chosen.style.marginTop = "";
    }
    chosen = note;
    if (!note) return showWhere();
    all(`[data-n="${note.dataset.n}"]`, open.node).forEach((node) => node.classList.add("chosen"));
    const told = all("[data-rules] dt").find((term) => term.dataset.rule === note.dataset.rule);
    if (told) one(".details", note).insertBefore(reason(told.nextElementSibling), one(".seen", note));
    clearTheWay(note);
    if (focus) note.focus({ preventScroll: true });
    showWhere();
  }

  // Why a rule is there: the first sentences, and the rest on request.
  function reason(description) {
    const words = description.firstChild.textContent.trim();
    const more = words.length > 260 ? words.slice(120).search(/[.:] (?=[A-Z“])/) + 121 : 0;
    const why = document.createElement("div");
    why.className = "why";
    why.append(more > 120 ? words.slice(0, more) : words);
    const link = one("a", description)?.cloneNode(true);
    if (more > 120) {
      const rest = document.createElement("details");
      rest.className = "rest";
      rest.append(document.createElement("summary"), words.slice(more + 1));
      rest.firstChild.textContent = "More about this rule";
      why.append(rest);
    }
    if (link) why.append(" ", link);
    return why;
  }

  const smooth = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  function goTo(note) {
    const was = open;
    choose(note);
    history.replaceState(null, "", `#${note.id}`);
    const mark = wordsOf(note);
    bringIntoBox(mark);
    const [box, noteBox] = [mark, note].map((node) => node.getBoundingClientRect());
    let [top, bottom] = [Math.min(box.top, noteBox.top), Math.max(box.bottom, noteBox.bottom)];
    const first = one(".masthead").offsetHeight + 50; // nothing lies over what is between these
    let last = innerHeight - 90;
    if (bottom - top > last - first && !isInMargin(note.parentElement)) {
      note.classList.add("sheet"); // over the foot of the page, since it stands too far from its words
      [top, bottom, last] = [box.top, box.bottom, note.getBoundingClientRect().top];
    }
    if (top > first && bottom < last && was === open) return;
    // A third down; higher, where the note would end out of sight; but never so that the words do.
    scrollBy({ top: Math.min(top - first, Math.max(box.top - innerHeight / 3, bottom - last)), behavior: smooth() });
  }

  // Moves what scrolls sideways around a place, as a wide table does, until the place is in sight.
  function bringIntoBox(node) {
    for (let box = node.parentElement; box !== open.node; box = box.parentElement) {
      if (box.scrollWidth <= box.clientWidth) continue;
      const [inner, outer] = [node, box].map((one) => one.getBoundingClientRect());
      const [left, right] = [inner.left - outer.left, inner.right - outer.right];
      box.scrollBy({ left: right > -SIDE ? Math.min(right + SIDE, left) : Math.min(left - SIDE, 0), behavior: "instant" });
    }
  }

  function step(direction) {
    const shown = shownNotes();
    const place = shown.indexOf(chosen) + (chosen || direction > 0 ? direction : shown.length);
    if (open && shown[place]) return goTo(shown[place]);
    const article = neighbour(direction);
    if (!article) return sayEnd(direction);
    visit(article);
    goTo(shownNotes().at(direction > 0 ? 0 : -1));
  }

  // Empty first: what is said twice must be new to be read out twice.
  function sayEnd(direction) {
    const told = articles.some((article) => article.visible > 0) ? `${direction > 0 ? "Last" : "First"} finding` : "No findings";
    const status = one("[data-status]");
    status.textContent = "";
    setTimeout(() => { status.textContent = told; }, 50);
    one("[data-where]").textContent = told;
  }

  // The first article that has the words that are searched for, at these.
  function openHit() {
    const hit = articles.find((article) => !article.item.hidden);
    if (!hit || !filter.words) return;
    visit(hit);
    const words = markWords(hit)[0];
    if (!words) return;
    bringIntoBox(words.startContainer.parentElement);
    const place = words.getBoundingClientRect();
    if (place.height) scrollBy({ top: place.top - innerHeight / 3 });
  }

  function neighbour(direction) {
    const has = (article) => article.visible > 0;
    if (!open) return direction > 0 ? articles.find(has) : articles.findLast(has);
    const place = articles.indexOf(open);
    return direction > 0 ? articles.slice(place + 1).find(has) : articles.slice(0, place).findLast(has);
  }

  function visit(article) {
    history.pushState(null, "", article ? `#${article.id}` : "#");
    show(article);
    (article ? one(".headline", article.node) : one("#top")).focus({ preventScroll: true });
  }

  // Addresses: an article, a note, a mark, a place that a note speaks of, a rule.

  function route() {
    const name = location.hash.slice(1);
    const [id] = name.split("-");
    if (byId.has(id)) {
      show(byId.get(id));
      const place = document.getElementById(name);
      if (!place || place === open.node) return;
      const number = name.slice(id.length + 1).match(/^m?(\d+)/)?.[1];
      const note = notes().find((one) => one.dataset.n === number);
      if (!note) return;
      reveal(note);
      if (/r\d+$/.test(name)) {
        choose(note, false);
        place.scrollIntoView({ block: "center", behavior: smooth() });
      } else {
        goTo(note);
      }
      return;
    }
    show(null);
    const rule = document.getElementById(name);
    if (rule?.matches("[data-rules] dt")) {
      one("[data-rules]").open = true;
      rule.scrollIntoView();
    }
  }

  // A link may lead to a finding that is filtered out.
  function reveal(note) {
    if (!note.hidden) return;
    const state = STATES.findIndex((name) => note.classList.contains(name));
    clear();
    filter.states.add(state);
    sync();
  }

  // What people do

  function clear() {
    Object.assign(filter, { severities: new Set([1, 2, 3]), style: "", rule: "", words: "" });
    sync();
  }

  function sync() {
    for (const box of all("[data-severity]")) box.checked = filter.severities.has(Number(box.dataset.severity));
    for (const box of all("[data-state]")) box.checked = filter.states.has(Number(box.dataset.state));
    one("[data-choice=style]").value = filter.style;
    one("[data-choice=rule]").value = filter.rule;
    const field = one("[data-search]");
    if (field.value.trim().toLowerCase().replace(/\s+/g, " ") !== filter.words) field.value = filter.words;
    refresh();
  }

  function toggle(set, value) {
    if (!set.delete(value)) set.add(value);
    sync();
  }

  function darken() {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    setTheme(dark ? "light" : "dark");
    keep("theme", root.dataset.theme);
  }

  function setTheme(theme) {
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    one("[data-do=theme]").textContent = dark ? "Light" : "Dark";
  }

  const help = one("dialog.help");
  const filters = one(".filters");
  const deeds = {
    next: () => step(1),
    previous: () => step(-1),
    begin: () => step(1),
    home: () => visit(null),
    theme: darken,
    help: () => help.showModal(),
    clear,
    print,
    filters: () => {
      const shown = filters.classList.toggle("shown");
      one("[data-do=filters]").setAttribute("aria-expanded", String(shown));
    },
  };
  const hop = (direction) => { const article = neighbour(direction); if (article) visit(article); };
  const keys = {
    j: deeds.next, k: deeds.previous, n: () => hop(1), p: () => hop(-1), o: deeds.home, d: darken, c: clear,
    "?": deeds.help, 1: () => toggle(filter.severities, 3), 2: () => toggle(filter.severities, 2),
    3: () => toggle(filter.severities, 1), a: () => toggle(filter.states, 1), b: () => toggle(filter.states, 2),
    "/": () => { filters.classList.add("shown"); one("[data-search]").select(); one("[data-search]").focus(); },
    Escape: () => { history.replaceState(null, "", open ? `#${open.id}` : "#"); choose(null); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.matches("input[type=search]") && event.key === "Escape") return event.target.blur();
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    if (!one("[data-keys]").checked && event.key !== "Escape") return;
    const deed = keys[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    const deed = at("[data-do]")?.dataset.do;
    if (deed) return deeds[deed]();
    if (at("[data-top]")) { event.preventDefault(); return visit(null); }
    const bars = at("[data-chart=rule] a");
    if (bars) {
      event.preventDefault();
      filter.rule = filter.rule === bars.dataset.rule ? "" : bars.dataset.rule;
      return sync();
    }
    const listed = at("[data-article]");
    if (listed && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      return visit(byId.get(listed.dataset.article));
    }
    if (at("a:not(.ref, .num)") && !at("mark:not(.off)")) return;
    const marked = at("mark:not(.off), .ref, .note");
    if (String(getSelection())) return;
    if (!marked && chosen?.classList.contains("sheet")) return keys.Escape();
    if (!marked) return;
    event.preventDefault();
    const note = notes().find((one) => one.dataset.n === marked.dataset.n);
    if (note && !(at(".note") && note === chosen && !at(".num"))) goTo(note);
  });

  // To point at a note shows the places that it speaks of; to point at a mark, its note.
  document.addEventListener("mouseover", (event) => {
    all(".near").forEach((node) => node.classList.remove("near"));
    const near = event.target.closest("mark:not(.off), .note");
    if (near) all(`[data-n="${near.dataset.n}"]`, open.node).forEach((node) => node.classList.add("near"));
  });

  new ResizeObserver(([head]) => root.style.setProperty("--bar", `${head.target.offsetHeight}px`))
    .observe(one(".masthead"));

  let typing = 0;
  const search = (words) => {
    clearTimeout(typing);
    filter.words = words.trim().toLowerCase().replace(/\s+/g, " ");
    sync();
  };
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    search(one("[data-search]").value);
    openHit();
  });
  filters.addEventListener("input", (event) => {
    const { severity, state, choice } = event.target.dataset;
    if (severity) return toggle(filter.severities, Number(severity));
    if (state) return toggle(filter.states, Number(state));
    if (choice) {
      filter[choice] = event.target.value;
      if (choice === "style" && filter.rule && stem(filter.rule) !== filter.style) filter.rule = "";
      return sync();
    }
    clearTimeout(typing);
    typing = setTimeout(() => search(event.target.value), 150);
  });
  one("[data-keys]").checked = kept("keys") !== "off";
  one("[data-keys]").addEventListener("change", (event) => keep("keys", event.target.checked ? "on" : "off"));
  addEventListener("hashchange", route);
  addEventListener("popstate", route);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme());
  setTheme(kept("theme"));
  root.dataset.view = "front";
  one(".overview a").toggleAttribute("aria-current", true);
  refresh();
  route();
})();
