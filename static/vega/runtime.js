// What static/vega.js holds: the parts of Vega that our charts need, and one function for charts.js.
//
// Left out: what only maps, networks, trees, word clouds and regressions use, canvas drawing and loading of data.
// Vega's expressions are interpreted, not compiled: the pages' Content-Security-Policy allows no eval.
// The packages imported here are those that `vega` itself is made of; package.json fixes their versions.

import { transforms } from 'vega-dataflow';
import * as encode from 'vega-encode';
import { expressionInterpreter } from 'vega-interpreter';
import { parse } from 'vega-parser';
import * as dataTransforms from 'vega-transforms';
import { View } from 'vega-view';
import * as viewTransforms from 'vega-view-transforms';

Object.assign(transforms, dataTransforms, viewTransforms, encode);

// Vega would listen to the window, build form fields and set timers where a spec asks for it. Ours never do.
const quiet = { events: { bind: 'none', view: false, window: false, timer: false } };

/**
 * Draws a compiled Vega spec as SVG into `element`, which may be detached.
 * Rejects when the spec cannot be drawn, for example because it needs a transform that is not here.
 */
async function draw(spec, element) {
  const failures = [];
  const view = new View(parse(spec, quiet, { ast: true }), {
    expr: expressionInterpreter,
    logger: failureLogger(failures),
    renderer: 'svg',
    tooltip: () => {}, // charts.js shows them: Vega's own do not work by touch or keyboard
  });
  await view.initialize(element).runAsync();
  if (failures.length) throw failures[0];
  return view;
}

// The dataflow reports its errors to a logger and goes on; here they are kept, so that `draw` can reject.
function failureLogger(failures) {
  const logger = {
    level: () => logger,
    error: (failure) => (failures.push(failure), logger),
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

// A classic script has no exports, and the pages may have no further global names: site.js reads them from its element.
document.currentScript.exports = { draw };
