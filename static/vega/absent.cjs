// Stands in for packages that Vega imports but our charts never call; see `build`.
module.exports = {};
