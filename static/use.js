// The builder: puts an edition and the reader's choices into the snippets of a page "Use this chart", shows a preview
// and adds a button that copies. Loaded by site.js on these pages; without it they give the snippets of the live embed.
(() => {
  document.currentScript.exports = attend;

  const words = ['title', 'what', 'description', 'source'];
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }; // as the pages write them
  const inHtml = (text) => text.replace(/[&<>"']/g, (character) => entities[character]);
  const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

  /** `address`: from a path on the site to its URL. */
  function attend(section, address) {
    const form = section.querySelector('.choices');
    const told = section.querySelector('.told');
    const preview = section.querySelector('.preview');
    // Citations stay those of the live page, whose day they name; an edition has its own.
    const codes = [...section.querySelectorAll('pre code')].map((code) => ({ code, text: code.textContent }));
    const live = { ...section.dataset };
    const prefix = `${live.address}charts/${live.chart}`;

    document.querySelectorAll('.snippet').forEach(addButton);
    chooseAsked();
    let isChosen = false; // until then the preview keeps the place that the page has left for it
    form.addEventListener('change', () => {
      isChosen = true;
      show();
    });
    addEventListener('message', ({ data, source }) => {
      const frame = preview.firstElementChild;
      const height = source === frame?.contentWindow && data?.['task-share-height'];
      if (height && (isChosen || height > frame.height)) frame.height = height;
    });
    form.hidden = false;
    show();

    // `?edition=2026-W35`, from a page of that edition.
    function chooseAsked() {
      const edition = new URLSearchParams(location.search).get('edition') ?? '';
      const { elements } = form;
      if (!elements.edition || !/^\d{4}-W\d\d$/.test(edition)) return;
      if (![...elements.edition.options].some(({ value }) => value === edition)) {
        elements.edition.add(new Option(`edition ${edition}: stay as they are`, edition));
      }
      elements.edition.value = edition;
    }

    async function show() {
      const edition = form.elements.edition?.value ?? '';
      told.textContent = '';
      let chosen = live;
      try {
        if (edition) chosen = await inEdition(edition);
      } catch {
        told.textContent = `This chart is not in the edition ${edition}, or it cannot be asked for: the snippets are live.`;
      }
      const query = asked();
      for (const { code, text } of codes) code.textContent = replaced(text, chosen, query);
      showPreview(chosen.embed.replace(live.address, '') + query);
    }

    // What the embed of the edition says of itself; its height stands in its description alone.
    async function inEdition(edition) {
      const path = `e/${edition}/${live.chart}/`;
      const [html, description] = await Promise.all([read(path), read(`${path}oembed.json`)]);
      const page = new DOMParser().parseFromString(html, 'text/html');
      const text = (selector) => page.querySelector(selector).textContent;
      const content = (selector) => page.querySelector(selector).content;
      return {
        title: text('h1'),
        what: text('figcaption p'),
        description: content('[name=description]'),
        source: text('figure ~ p span'),
        page: new URL(page.querySelector('h1 a').getAttribute('href'), live.address + path).href,
        card: content('[property="og:image"]'),
        embed: live.address + path,
        height: String(JSON.parse(description).height),
        prefix: `${live.address}editions/${edition}/charts/${live.chart}`,
      };
    }

    async function read(path) {
      const answer = await fetch(address(path));
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.text();
    }

    function asked() {
      const given = ['theme', 'title', 'n', 'metric'].map((name) => [name, form.elements[name]?.value]);
      const query = new URLSearchParams(given.filter(([, value]) => value)).toString();
      return query && `?${query}`;
    }

    // All at once, the longest first: no replacement is looked at again.
    function replaced(text, chosen, query) {
      const isHtml = text.startsWith('<');
      const pairs = words.map((name) => [live[name], chosen[name]]);
      pairs.push(...words.map((name) => [inHtml(live[name]), inHtml(chosen[name])]));
      pairs.push([live.embed, isHtml ? inHtml(chosen.embed + query) : chosen.embed + query]);
      pairs.push([`height="${live.height}"`, `height="${chosen.height}"`]);
      if (chosen !== live) {
        for (const ending of ['-dark.svg', '-light.svg', '.svg']) pairs.push([prefix + ending, `${chosen.prefix}.svg`]);
        pairs.push([`${prefix}.png`, chosen.card]); // the one picture of an edition in pixels
        pairs.push([live.page, chosen.page]);
      }
      const known = new Map(pairs);
      const ways = [...known.keys()].sort((one, other) => other.length - one.length);
      const end = (way) => (way === live.page ? '(?=["\')\\s<]|$)' : ''); // the home page begins all addresses
      return text.replace(new RegExp(ways.map((way) => literally(way) + end(way)).join('|'), 'g'), (way) => known.get(way));
    }

    function showPreview(path) {
      const frame = document.createElement('iframe');
      const isDark = form.elements.dark.checked;
      Object.assign(frame, { src: address(path), title: 'Preview', width: form.elements.preview.value, height: live.height });
      preview.className = isDark ? 'preview dark' : 'preview';
      preview.replaceChildren(frame);
    }
  }

  function addButton(snippet) {
    const code = snippet.querySelector('code');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', `Copy: ${snippet.querySelector('h3').textContent}`);
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(code.textContent).then(
        () => (button.textContent = 'Copied'),
        () => getSelection().selectAllChildren(code), // where the browser lets no page copy
      );
    });
    snippet.querySelector('h3').append(' ', button);
  }
})();
