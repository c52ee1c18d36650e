// Makes a chart interactive: replaces its picture by the same one drawn by Vega, in place, and then answers pointer,
// keyboard and tap with a tooltip and a highlight. Loaded by site.js when a reader reaches for a chart.
//
// What it reads in a spec:
//   marks with a `tooltip` are the stops; marks with the same `datum.key` are one stop, its box holds them all
//   stops with a `datum.series` lie on lines, one a series
//   the signal `focus`, if there is one, is set to the datum of the stop in focus, or null: the spec dims the others
//   the signal `measure`, if there is one, is set to "requests" or "tokens" by the switch
(() => {
  const reach = 30; // px: how far from a row or a point the pointer may be
  const gap = 14; // px: between what is pointed at and the tooltip
  const margin = 4; // px: between the tooltip and the edge of the window
  const keys = ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'Home', 'End'];

  const tooltip = document.createElement('div');
  const spoken = document.createElement('div');
  let shown = null; // the chart whose tooltip is up: { leave, place, holds }
  let pointer = {}; // where it was last seen: { x, y }

  prepareTooltip();
  document.currentScript.exports = { enliven };

  /**
   * Replaces the picture in `drawing` by one that answers. Rejects, and changes nothing, when Vega cannot draw it.
   * Resolves to `handle(event)`, for what happened meanwhile, and `measure(name)`, for the switch.
   */
  async function enliven(drawing, vega, spec) {
    const picture = drawing.querySelector('svg');
    const view = await vega.draw(placed(spec), document.createElement('div'));
    const svg = view.container().querySelector('svg');
    dressLike(picture, svg);
    picture.replaceWith(svg);
    return attend(drawing, svg, view, new Set(spec.signals?.map((signal) => signal.name)));
  }

  // --- The same picture -----------------------------------------------------------------------------------------

  // The static picture was laid out with the fonts of another computer. Its `viewBox` says where the plot begins and
  // is taken over instead of being measured again, so that nothing moves.
  function placed(spec) {
    return { ...spec, autosize: { type: 'none' }, padding: 0 };
  }

  // Same frame, class, name and description: to the style sheet and to a screen reader it is the same picture.
  function dressLike(picture, svg) {
    for (const { name } of [...svg.attributes]) svg.removeAttribute(name);
    for (const { name, value } of picture.attributes) svg.setAttribute(name, value);
    svg.prepend(...picture.querySelectorAll(':scope > title, :scope > desc'));
    svg.querySelector('g').setAttribute('aria-hidden', 'true'); // Vega names no mark; the picture has a name
  }

  // --- What the reader does -------------------------------------------------------------------------------------

  function attend(drawing, svg, view, signals) {
    let stops = findStops(view);
    let current = -1; // index of the stop in focus
    let pointerX; // where the pointer met it, in pixels of the window; undefined when it was a key
    const chart = { leave, place, holds: (node) => drawing.contains(node) || tooltip.contains(node) };

    for (const type of ['pointermove', 'pointerleave', 'click', 'keydown', 'focusout']) {
      drawing.addEventListener(type, handle);
    }
    return { handle, measure };

    function handle(event) {
      const { type } = event;
      if (type === 'keydown') step(event);
      else if (type === 'click') point(event);
      else if (type === 'focusout') leave();
      // A finger taps or scrolls, it does not hover.
      if (!type.startsWith('pointer') || event.pointerType === 'touch' || !hasMoved(event)) return;
      if (type !== 'pointerleave') point(event);
      else if (!tooltip.contains(event.relatedTarget)) leave();
    }

    function point(event) {
      const toScreen = screenMatrix(svg);
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(toScreen.inverse());
      const index = nearest(stops, x, y, reach / toScreen.a);
      if (index < 0) leave();
      else if (index !== current) show(index, event.clientX);
    }

    function step(event) {
      const hasModifier = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
      if (hasModifier || !keys.includes(event.key) || !stops.list.length) return;
      event.preventDefault(); // the page must not scroll as well
      const index = neighbour(stops.list, current, event.key);
      bringIntoView(stops.list[index].surroundings, svg, drawing);
      show(index);
      spoken.textContent = `${asSentences(stops.list[index].tooltip)} ${index + 1} of ${stops.list.length}.`;
    }

    function show(index, x) {
      if (shown !== chart) shown?.leave();
      shown = chart;
      current = index;
      pointerX = x;
      tooltip.replaceChildren(...asElements(stops.list[index].tooltip));
      tooltip.hidden = false;
      place();
      set('focus', stops.list[index].datum);
    }

    function place() {
      const box = onScreen(stops.list[current].surroundings, svg);
      const isVisible = box.bottom > 0 && box.top < innerHeight;
      tooltip.style.visibility = isVisible ? 'visible' : 'hidden';
      const isByPointer = stops.layout === 'rows' && pointerX !== undefined;
      putTooltip(isByPointer ? { ...box, left: pointerX, right: pointerX } : box, stops.layout);
    }

    function leave() {
      if (shown !== chart) return;
      shown = null;
      current = -1;
      tooltip.hidden = true;
      spoken.textContent = '';
      set('focus', null);
    }

    async function measure(name) {
      leave();
      await set('measure', name);
      stops = findStops(view);
    }

    async function set(name, value) {
      if (signals.has(name)) await view.signal(name, value).runAsync();
    }
  }

  // Browsers report a pointer also when the page moves below it, as it does when a key brings a stop into view.
  function hasMoved(event) {
    const { x, y } = pointer;
    pointer = { x: event.clientX, y: event.clientY };
    return pointer.x !== x || pointer.y !== y;
  }

  // --- Stops ----------------------------------------------------------------------------------------------------

  // What can be pointed at: { list: [{ datum, tooltip, box, surroundings }], layout }, in reading order. Boxes are in
  // the units of the drawing: { left, top, right, bottom }; the surroundings hold the labels of the stop as well.
  function findStops(view) {
    const items = [];
    collect(view.scenegraph().root, 0, 0, items);
    const stops = new Map();
    for (const { item, box } of items.filter(({ item }) => item.tooltip != null)) {
      const key = item.datum?.key ?? item;
      const stop = stops.get(key) ?? { datum: item.datum, tooltip: item.tooltip };
      stops.set(key, { ...stop, box: around(stop.box, box), surroundings: around(stop.box, box) });
    }
    for (const { item, box } of items) {
      const stop = stops.get(item.datum?.key);
      if (stop) stop.surroundings = around(stop.surroundings, box);
    }
    return inReadingOrder([...stops.values()]);
  }

  // Adds the items of a mark, and of the marks that they hold when they are groups, to `items`, each with its box.
  function collect(mark, x, y, items) {
    for (const item of mark.items) {
      if (item.datum && mark.marktype !== 'group') items.push({ item, box: boxOf(item, mark, x, y) });
      for (const inner of item.items ?? []) collect(inner, x + (item.x ?? 0), y + (item.y ?? 0), items);
    }
  }

  // An item of a line is a point on it and has no bounds of its own.
  function boxOf(item, mark, x, y) {
    const isPoint = ['line', 'area', 'trail'].includes(mark.marktype);
    const { x1, y1, x2, y2 } = isPoint ? { x1: item.x, y1: item.y, x2: item.x, y2: item.y } : item.bounds;
    return { left: x + x1, top: y + y1, right: x + x2, bottom: y + y2 };
  }

  function around(one, other) {
    if (!one) return other;
    return {
      left: Math.min(one.left, other.left),
      top: Math.min(one.top, other.top),
      right: Math.max(one.right, other.right),
      bottom: Math.max(one.bottom, other.bottom),
    };
  }

  // Rows are read downwards and found by height alone, columns rightwards and by x alone; anything else is points.
  function inReadingOrder(list) {
    const isApart = (start, end) => (stop, index, all) => !index || stop.box[start] >= all[index - 1].box[end] - 1;
    list.sort((one, other) => one.box.top - other.box.top || one.box.left - other.box.left);
    if (list.every(isApart('top', 'bottom'))) return { list, layout: 'rows' };
    list.sort((one, other) => one.box.left - other.box.left || one.box.top - other.box.top);
    return { list, layout: list.every(isApart('left', 'right')) ? 'columns' : 'points' };
  }

  // The index of the stop nearest to a place, or -1 when all are further away than `limit`; a column is near
  // enough from anywhere.
  function nearest({ list, layout }, x, y, limit) {
    let best = -1;
    let least = layout === 'columns' ? Infinity : limit;
    list.forEach(({ box }, index) => {
      const across = Math.max(box.left - x, 0, x - box.right);
      const down = Math.max(box.top - y, 0, y - box.bottom);
      const distance = { rows: down, columns: across, points: Math.hypot(across, down) }[layout];
      if (distance < least) [best, least] = [index, distance];
    });
    return best;
  }

  // Where a key leads to from the stop `current` (-1: from none). The arrows follow the order of reading; among lines,
  // whose stops have a `datum.series`, two follow the line and two change to the line above or below it.
  function neighbour(list, current, key) {
    if (key === 'End') return list.length - 1;
    if (key === 'Home' || current < 0) return 0;
    const { datum, box } = list[current];
    const isAlong = key === 'ArrowRight' || key === 'ArrowLeft';
    const isOnTheWay = (stop) =>
      datum?.series === undefined ||
      (isAlong ? stop.datum.series === datum.series : Math.abs(stop.box.left - box.left) < 1);
    const way = [...list.keys()].filter((index) => isOnTheWay(list[index]));
    const isForward = key === 'ArrowRight' || key === 'ArrowDown';
    return way[within(0, way.indexOf(current) + (isForward ? 1 : -1), way.length - 1)];
  }

  // --- On the screen --------------------------------------------------------------------------------------------

  // From the units of the drawing to pixels of the window. The first group is the origin of all marks.
  function screenMatrix(svg) {
    return svg.querySelector('g').getScreenCTM();
  }

  function onScreen(box, svg) {
    const toScreen = screenMatrix(svg);
    const corner = new DOMPoint(box.left, box.top).matrixTransform(toScreen);
    const opposite = new DOMPoint(box.right, box.bottom).matrixTransform(toScreen);
    return { left: corner.x, top: corner.y, right: opposite.x, bottom: opposite.y };
  }

  // Scrolls the page and, where a wide drawing scrolls in its box, that.
  function bringIntoView(place, svg, drawing) {
    const room = 2 * gap;
    const { left, right } = drawing.getBoundingClientRect();
    const box = onScreen(place, svg);
    if (box.left < left) drawing.scrollBy(box.left - left - room, 0);
    else if (box.right > right) drawing.scrollBy(box.right - right + room, 0);
    if (box.top < room) scrollBy(0, box.top - room);
    else if (box.bottom > innerHeight - room) scrollBy(0, box.bottom - innerHeight + room);
  }

  // Beside a row, so that a pointer moving over the rows does not run into it; above anything else. Where the window
  // has no room there, on another side. `target`: what it speaks of, in pixels of the window.
  function putTooltip(target, layout) {
    const { width, height } = tooltip.getBoundingClientRect();
    const farLeft = document.documentElement.clientWidth - margin - width;
    const farTop = innerHeight - margin - height;
    const left = within(margin, (target.left + target.right - width) / 2, farLeft);
    const top = within(margin, (target.top + target.bottom - height) / 2, farTop);
    const right = [target.right + gap, top];
    const leftSide = [target.left - gap - width, top];
    const above = [left, target.top - gap - height];
    const below = [left, target.bottom + gap];
    const places = layout === 'rows' ? [right, leftSide, below, above] : [above, below, right, leftSide];
    const hasRoom = ([x, y]) => x >= margin && x <= farLeft && y >= margin && y <= farTop;
    const [x, y] = places.find(hasRoom) ?? [left, top];
    tooltip.style.transform = `translate(${x}px, ${y}px)`; // unlike `left` and `top`, no shift of the layout
  }

  function within(least, value, most) {
    return Math.max(least, Math.min(value, most));
  }

  // --- The tooltip and what is said -----------------------------------------------------------------------------

  function prepareTooltip() {
    tooltip.className = 'tooltip';
    tooltip.hidden = true;
    tooltip.setAttribute('aria-hidden', 'true'); // `spoken` says it
    spoken.className = 'spoken';
    spoken.setAttribute('aria-live', 'polite');
    document.body.append(tooltip, spoken);
    // Its text can be pointed at and selected; it stays until the pointer leaves it for somewhere else.
    tooltip.addEventListener('pointerleave', (event) => hasMoved(event) && shown?.leave());
    document.addEventListener('pointerdown', ({ target }) => shown && !shown.holds(target) && shown.leave());
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && shown?.leave());
    document.addEventListener('scroll', () => shown?.place(), { capture: true, passive: true });
    addEventListener('resize', () => shown?.place());
  }

  // A spec gives a text, or { title: heading, name: value, ... }. Only ever text: nothing of the data becomes HTML.
  function asElements(content) {
    const { title, rows } = parts(content);
    const list = document.createElement('dl');
    for (const [name, value] of rows) list.append(element('dt', name), element('dd', value));
    return [...(title ? [element('p', title)] : []), ...(rows.length ? [list] : [])];
  }

  function asSentences(content) {
    const { title, rows } = parts(content);
    const said = rows.map(([name, value]) => `${name.replace(/^[^\p{L}\p{N}]+/u, '')}: ${value}`); // "● requests"
    return [title, ...said].filter(Boolean).map((text) => `${text}.`).join(' ');
  }

  function parts(content) {
    if (typeof content !== 'object') return { title: String(content), rows: [] };
    const { title = '', ...rows } = content;
    return { title: String(title), rows: Object.entries(rows).map((row) => row.map(String)) };
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }
})();
