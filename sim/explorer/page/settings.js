"use strict";
// What is turned, and how: pure functions on a setting, { changes: [{ path, quantile } or { path, value }], month, until }. A quantile is a
// place in a parameter's plausible range, as a world draws it; a value is a number outside the range, or of a parameter that is never drawn.
explorer.settings = (() => {
  const empty = () => ({ changes: [], month: "", until: "" });

  // Values lie on straight lines between those at 21 quantiles.
  function valueAt({ values }, quantile) {
    const place = Math.min(Math.max(quantile, 0), 1) * (values.length - 1);
    const left = Math.min(Math.floor(place), values.length - 2);
    return values[left] + (values[left + 1] - values[left]) * (place - left);
  }
  function quantileOf({ values }, value) {
    if (value < values[0] || value > values.at(-1)) return null;
    let left = 0;
    while (left < values.length - 2 && values[left + 1] < value) left += 1;
    const [a, b] = [values[left], values[left + 1]];
    return (left + (b > a ? (value - a) / (b - a) : 0)) / (values.length - 1);
  }
  const isDrawn = (parameter) => Array.isArray(parameter.values);

  // The change that brings a parameter to a number: a quantile where its range has one.
  function changeTo(parameter, value) {
    const quantile = isDrawn(parameter) ? quantileOf(parameter, value) : null;
    return quantile === null ? { path: parameter.path, value } : { path: parameter.path, quantile: Number(quantile.toFixed(9)) };
  }
  function valueIn(setting, parameter) {
    const change = setting.changes.find(({ path }) => path === parameter.path);
    if (!change) return parameter.central;
    return "value" in change ? change.value : valueAt(parameter, change.quantile);
  }
  function changed(setting, change) {
    const known = setting.changes.some(({ path }) => path === change.path);
    const changes = known ? setting.changes.map((one) => (one.path === change.path ? change : one)) : [...setting.changes, change];
    return { ...setting, changes };
  }
  const without = (setting, path) => ({ ...setting, changes: setting.changes.filter((change) => change.path !== path) });
  const isEmpty = (setting) => setting.changes.length === 0;

  // Why stored worlds cannot answer a setting, as a clause; null where they can.
  function beyondStored(setting, parameters, words) {
    if (isEmpty(setting)) return null;
    if (setting.month) return `it begins in ${words.month(setting.month)}, and stored worlds know changes from the start only`;
    for (const { path, value } of setting.changes) {
      if (value === undefined) continue;
      const parameter = parameters.get(path);
      if (!isDrawn(parameter)) return `no world draws ${path}: it is the same in all of them`;
      return `${path} = ${words.value(value)} lies outside its plausible range (${words.value(parameter.low)} to ${words.value(parameter.high)})`;
    }
    return null;
  }

  // What the program on this machine is asked: within a month's event only values have a meaning.
  function asked(setting, parameters) {
    const span = setting.month ? { month: setting.month, ...(setting.until ? { until: setting.until } : {}) } : {};
    return setting.changes.map((change) =>
      setting.month ? { path: change.path, value: valueIn(setting, parameters.get(change.path)), ...span } : change);
  }

  return { empty, valueAt, quantileOf, isDrawn, changeTo, valueIn, changed, without, isEmpty, beyondStored, asked };
})();
