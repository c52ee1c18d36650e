// The search box: finds tasks and models by their names in a list that came with the site, as the reader types.
// Loaded by site.js when the box is reached. A combobox with a list box, as the ARIA Authoring Practices describe it:
// arrow keys choose, Enter opens, Escape closes, and the focus stays in the box. (site.js has said that it is one.)
(() => {
  const most = 8; // results shown

  document.currentScript.exports = { attend };

  /** `index`: [[name, path from the site's root, kind], ...]; `address` makes a path into the URL to open. */
  function attend(box, index, address) {
    const entries = index.map(([name, path, kind]) => {
      const plainName = plain(name);
      return { name, path, kind, plainName, letters: plainName.replaceAll(' ', ''), plainKind: plain(kind) };
    });
    const list = document.createElement('ul');
    const status = document.createElement('div');
    let results = [];
    let chosen = -1;

    prepare(box, list, status);
    box.addEventListener('input', update);
    box.addEventListener('focus', update);
    box.addEventListener('blur', close);
    box.addEventListener('keydown', press);
    list.addEventListener('pointerdown', (event) => event.preventDefault()); // the focus stays in the box
    list.addEventListener('click', (event) => open([...list.children].indexOf(event.target.closest('li'))));
    if (document.activeElement === box) update(); // what was typed while this script was loading

    function update() {
      const found = find(entries, box.value);
      results = found.slice(0, most);
      list.replaceChildren(...results.map(asOption));
      list.hidden = !results.length;
      box.setAttribute('aria-expanded', String(!list.hidden));
      tell(status, box.value.trim() ? found.length : null);
      choose(-1);
    }

    function close() {
      list.hidden = true;
      box.setAttribute('aria-expanded', 'false');
      tell(status, null);
      choose(-1);
    }

    function press(event) {
      const moves = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key === 'Escape') {
        if (!list.hidden || status.textContent) event.preventDefault(); // browsers would empty the box
        close();
      } else if (event.key === 'Enter') {
        open(Math.max(chosen, 0)); // the first one when none is chosen
      } else if (event.key in moves) {
        event.preventDefault(); // the cursor would jump
        if (list.hidden) update();
        const places = results.length + 1; // and one for none: the box itself
        choose(((chosen + 1 + moves[event.key] + places) % places) - 1);
      }
    }

    function choose(index) {
      chosen = index;
      [...list.children].forEach((option, place) => option.setAttribute('aria-selected', String(place === index)));
      if (index < 0) box.removeAttribute('aria-activedescendant');
      else box.setAttribute('aria-activedescendant', list.children[index].id);
    }

    function open(index) {
      if (!list.hidden && index in results) location.assign(address(results[index].path));
    }
  }

  function prepare(box, list, status) {
    list.id = 'search-results';
    list.className = 'search-results';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', 'Results');
    status.setAttribute('role', 'status');
    tell(status, null);
    box.setAttribute('aria-controls', list.id);
    box.after(list, status);
  }

  function asOption({ name, kind }, place) {
    const option = document.createElement('li');
    const detail = document.createElement('small');
    option.id = `search-result-${place + 1}`;
    option.setAttribute('role', 'option');
    detail.textContent = kind;
    option.append(name, ' ', detail);
    return option;
  }

  // "Nothing found" is for all to see, the number of results is there for screen readers.
  function tell(status, count) {
    status.className = count === 0 ? 'search-results' : 'spoken';
    if (count === null) status.textContent = '';
    else if (count === 0) status.textContent = 'Nothing found.';
    else status.textContent = count > most ? `${most} of ${count} results` : `${count} result${count > 1 ? 's' : ''}`;
  }

  // --- Finding --------------------------------------------------------------------------------------------------

  // Every word must be in the name or the kind. Earlier: words that begin the name, then those that begin a word of
  // it, then those inside one; entries that are equal in this stay in the order of the index.
  function find(entries, query) {
    const words = plain(query).split(' ').filter(Boolean);
    if (!words.length) return [];
    return entries
      .map((entry) => ({ entry, distance: words.reduce((sum, word) => sum + distance(entry, word), 0) }))
      .filter((match) => match.distance < Infinity)
      .sort((one, other) => one.distance - other.distance)
      .map((match) => match.entry);
  }

  function distance({ plainName, letters, plainKind }, word) {
    if (plainName.startsWith(word)) return 0;
    if (plainName.includes(` ${word}`)) return 1;
    if (letters.includes(word)) return 2; // "gpt5" is in "gpt-5.6"
    return plainKind.includes(word) ? 3 : Infinity;
  }

  // Lower case, without accents, words separated by one space: "Q&A & Café" -> "q a cafe".
  function plain(text) {
    const letters = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    return letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  }
})();
