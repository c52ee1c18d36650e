// The only script that a page loads by itself. The rest waits until the reader acts:
//   a chart is reached (pointer, keyboard, tap)   charts.js, vega.js, interactive.css, charts/<id>.vega.js
//   the search box is reached                     search.js, interactive.css, search-index.js
//   the sentences to be quoted are reached        quote.js, snippet.css
//   days are compared, claims checked, embeds made  compare.js, check.js, use.js and what they ask for
// All are classic scripts, no modules and, but for the last, no fetch: the site also works from a folder. When one cannot
// be loaded, the page stays as it was: its pictures and tables say it all.
(() => {
  const here = new URL(document.currentScript.src);
  const root = new URL('../', here); // of the site: this file is static/site.js
  const parts = new Map();

  document.querySelectorAll('[data-chart] .drawing:has(svg)').forEach(prepareChart);
  document.querySelectorAll('form.search').forEach(prepareSearch);
  document.querySelectorAll('[data-tool]').forEach(prepareTool);
  document.querySelectorAll('[data-cite]').forEach(prepareQuotes);
  sayAge(document.documentElement.dataset.asOf);
  if (here.protocol === 'file:') {
    for (const type of ['click', 'auxclick']) document.addEventListener(type, completeLink, true);
  }

  // --- Charts

  // As an `application` a chart gets the arrow keys in screen readers too; the table beside it is to be read.
  function prepareChart(drawing) {
    drawing.setAttribute('aria-label', drawing.querySelector('svg').getAttribute('aria-label'));
    drawing.setAttribute('role', 'application');
    drawing.setAttribute('aria-roledescription', 'interactive chart');
    drawing.setAttribute('aria-description', 'Arrow keys step through the values, Escape leaves them.');
    drawing.tabIndex = 0;

    const figure = drawing.closest('[data-chart]');
    const wake = once((event) => makeInteractive(figure, drawing, event));
    const reached = (event) => {
      if (event.pointerType !== 'touch' || event.type === 'click') wake(event).catch(stay); // a finger may just scroll
    };
    for (const type of ['pointerover', 'focusin', 'click']) drawing.addEventListener(type, reached);
    // As it is in an embed.
    if (drawing.matches(':hover, :focus-within')) wake().catch(stay);
    const controls = figure.querySelector('.controls');
    if (controls) addSwitch(controls, figure.dataset.chart, wake);
  }

  async function makeInteractive(figure, drawing, latest) {
    // What the reader does meanwhile is not lost: the last of it is handed on.
    const types = ['pointerover', 'pointermove', 'pointerleave', 'click', 'keydown'];
    const remember = (event) => (latest = event);
    for (const type of types) drawing.addEventListener(type, remember);
    try {
      const id = figure.dataset.chart;
      const paths = ['static/charts.js', 'static/vega.js', 'static/interactive.css', `charts/${id}.vega.js`];
      const [charts, vega] = await Promise.all(paths.map(load));
      const chart = await charts.enliven(drawing, vega, self.taskShareCharts[id]);
      if (latest) chart.handle(latest);
      figure.dataset.interactive = 'yes';
      return chart;
    } finally {
      for (const type of types) drawing.removeEventListener(type, remember);
    }
  }

  // Two radio buttons, for a chart whose spec has the parameter `measure`.
  function addSwitch(controls, id, wake) {
    const buttons = ['requests', 'tokens'].map((measure) => {
      const button = document.createElement('input');
      Object.assign(button, { type: 'radio', name: `measure-${id}`, value: measure });
      button.addEventListener('change', () =>
        wake().then(
          (chart) => chart.measure(measure),
          () => (buttons[0].checked = true), // what the picture shows
        ),
      );
      return button;
    });
    buttons[0].checked = true;
    controls.setAttribute('role', 'radiogroup');
    controls.setAttribute('aria-label', 'Show the chart by');
    controls.replaceChildren(
      ...buttons.map((button) => {
        const label = document.createElement('label');
        label.append(button, ` by ${button.value}`);
        return label;
      }),
    );
  }

  // --- Search

  function prepareSearch(form) {
    const box = form.querySelector('input');
    const start = once(async () => {
      const [search] = await Promise.all(['static/search.js', 'static/interactive.css', 'search-index.js'].map(load));
      search.attend(box, self.taskShareSearch, address);
    });
    // Said before it is focused: screen readers do not look again.
    box.setAttribute('role', 'combobox');
    box.setAttribute('aria-autocomplete', 'list');
    box.setAttribute('aria-expanded', 'false');
    form.addEventListener('focusin', () => start().catch(stay));
    form.addEventListener('submit', (event) => event.preventDefault());
    form.hidden = false;
  }

  // --- Two days, claims, embeds, quotes

  // Their address says which: there is nothing to wait for.
  function prepareTool(section) {
    load(`static/${section.dataset.tool}.js`).then((begin) => begin(section, address, load), stay);
  }

  function prepareQuotes(section) {
    const start = once(() => Promise.all(['static/quote.js', 'static/snippet.css'].map(load)).then(([quote]) => quote.attend(section)));
    for (const type of ['pointerover', 'focusin']) section.addEventListener(type, () => start().catch(stay));
  }

  // --- The age of the figures

  // By the reader's own clock: a watchdog that nobody can switch off.
  function sayAge(asOf) {
    const days = Math.floor((Date.now() - Date.parse(asOf)) / 864e5);
    if (!(days > 2)) return;
    const band = document.createElement('p');
    band.className = 'stale';
    band.role = 'note';
    const meaning = days > 7 ? 'No newer snapshot came: places and shares may have changed.' : 'The next snapshot is late.';
    band.textContent = `These figures are ${days} days old. ${meaning}`;
    document.body.append(band);
  }

  // --- Links in a folder

  // A web server answers `tasks/` with `tasks/index.html`; a folder on disk does not.
  function address(path) {
    const url = new URL(path, root);
    if (url.protocol === 'file:' && url.pathname.endsWith('/')) url.pathname += 'index.html';
    return url.href;
  }

  function completeLink(event) {
    const link = event.target.closest('a[href]');
    if (link) link.href = address(link.href);
  }

  // --- Loading

  // `path` from the site's root -> what that script exports. The version is that of the page's build: a reader never
  // mixes two. A page that stays as it is names none and takes that of this script.
  function load(path) {
    if (!parts.has(path)) parts.set(path, once(() => request(path)));
    return parts.get(path)();
  }

  function request(path) {
    const { version } = document.documentElement.dataset;
    const url = new URL(path + (version ? `?v=${version}` : here.search), root).href;
    const element = document.createElement(path.endsWith('.css') ? 'link' : 'script');
    Object.assign(element, element.localName === 'link' ? { rel: 'stylesheet', href: url } : { src: url });
    return new Promise((resolve, reject) => {
      // A classic script has no exports, and we want no global names: each leaves its own on its element.
      element.onload = () => resolve(element.exports);
      element.onerror = () => (element.remove(), reject(new Error(`${path} could not be loaded`)));
      document.head.append(element);
    });
  }

  // Runs an asynchronous action at most once; again only after it failed.
  function once(action) {
    let result;
    const forget = (problem) => {
      result = undefined;
      throw problem;
    };
    return (...given) => (result ??= action(...given).catch(forget));
  }

  // Offline, or half a deployment: the page is complete without, so there is nothing to tell.
  function stay() {}
})();
