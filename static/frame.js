// The one script of an embed: what its address asks for, its height to the page around it, and, when a reader reaches
// for the chart, the scripts of the site. The page is complete without it.
//   theme=light|dark  title=0  n=5  metric=tokens  notice=0      ?theme=dark&n=5
// In a live embed it runs before anything is drawn, so that nothing changes its colour or place afterwards. An embed of an
// edition asks for it and for its style at once, and is drawn when the style is there: rarely a frame or two earlier.
(() => {
  const root = document.documentElement;
  const here = new URL(document.currentScript.src);
  const asked = new URLSearchParams(location.search);
  const secret = /^#\?secret=(\w+)$/.exec(location.hash)?.[1]; // WordPress adds one to the address
  const { parent } = window;
  let height = 0;

  if (parent === window) root.dataset.alone = ''; // in a frame what is behind it shows through
  if (['light', 'dark'].includes(asked.get('theme'))) root.dataset.theme = asked.get('theme');
  if (asked.get('title') === '0') root.dataset.title = 'off';
  if (['n', 'metric'].some((name) => asked.has(name))) root.dataset.arranging = ''; // nobody sees the rows move
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else begin();

  function begin() {
    arrange(document.querySelector('.rows'));
    delete root.dataset.arranging;
    document.querySelectorAll('[data-chart] .wide').forEach(prepare);
    document.querySelectorAll('[data-now]').forEach(admit);
    if (parent !== window) attend();
  }

  // --- What the address asks for ----------------------------------------------------------------------------------

  // Fewer rows, or another order of them. A chart over time has no rows and stays as it is.
  function arrange(table) {
    const given = Number.parseInt(asked.get('n'), 10);
    const most = given > 0 ? given : Infinity;
    const isByTokens = asked.get('metric') === 'tokens';
    const body = table?.tBodies[0];
    const list = [...(body?.rows ?? [])];
    if (!body || (most >= list.length && !isByTokens)) return;
    root.dataset.form = 'rows';
    const tokens = ({ lastElementChild }) => Number.parseFloat(lastElementChild.textContent) || 0; // "–": not known
    if (isByTokens) list.sort((one, other) => tokens(other) - tokens(one));
    body.replaceChildren(...list.slice(0, most));
  }

  // --- The chart --------------------------------------------------------------------------------------------------

  // The scripts of the site are loaded when somebody reaches for it; they find the pointer where it is.
  function prepare(drawing) {
    drawing.tabIndex = 0;
    for (const type of ['pointerover', 'focusin', 'click']) {
      drawing.addEventListener(type, ({ pointerType }) => pointerType === 'touch' && type !== 'click' || wake(), { once: true });
    }
  }

  function wake() {
    if (document.querySelector('script[src*="site.js"]')) return;
    const script = document.createElement('script');
    script.src = new URL(`site.js${here.search}`, here);
    document.head.append(script);
  }

  // --- An edition and what came after it ----------------------------------------------------------------------------

  async function admit(notice) {
    if (asked.get('notice') === '0') return notice.remove();
    const { now, leaders, names } = notice.dataset;
    const answer = await fetch(now).then((response) => response.json()).catch(() => null);
    const isOther = answer && JSON.stringify(answer.ids) !== leaders;
    if (isOther) notice.firstElementChild.textContent = `Since this edition: ${answer.text.replace('{then}', () => names)}`;
  }

  // --- Its height to the page around it -----------------------------------------------------------------------------

  function attend() {
    tell(); // at once: what is out of sight is not observed
    new ResizeObserver(() => measure() !== height && tell()).observe(document.body);
    addEventListener('message', ({ data, source }) => {
      const isAsked = data?.['task-share'] === 'ready' || (secret && data?.message === 'ready' && data.secret === secret);
      if (source === parent && isAsked) tell();
    });
    if (secret) document.addEventListener('click', follow);
  }

  function measure() {
    return Math.ceil(document.body.getBoundingClientRect().height);
  }

  // To our own script (embed.js), WordPress, AMP and Medium, to each in its words. Nothing but a number leaves.
  function tell() {
    height = measure();
    post({ 'task-share-height': height });
    if (secret) post({ message: 'height', value: height, secret });
    post({ sentinel: 'amp', type: 'embed-size', height });
    post(JSON.stringify({ src: location.href, context: 'iframe.resize', height }));
  }

  // WordPress's frame may open nothing by itself; it asks for the address.
  function follow(event) {
    const link = event.target.closest('a[href]');
    if (!link) return;
    event.preventDefault();
    post({ message: 'link', value: link.href, secret });
  }

  function post(message) {
    parent.postMessage(message, '*');
  }
})();
