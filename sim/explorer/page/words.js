"use strict";
// Numbers and parameters in words.
explorer.words = (() => {
  const MINUS = "\u2212", THIN = "\u00a0";
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const GRADES = {
    stated: "the report says so", inferred: "it follows from the report", sourced: "from elsewhere, with its source", assumed: "our assumption",
  };

  const fixed = (number, digits) => number.toFixed(digits).replace(/^-(?=0(\.0*)?$)/, "").replace("-", MINUS);
  const signed = (number, digits) => (Number(number.toFixed(digits)) > 0 ? "+" : "") + fixed(number, digits);
  const count = (number) => Math.round(number).toLocaleString("en-GB");
  const percent = (share, digits = 0) => `${fixed(100 * share, digits)}${THIN}%`;
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const joined = (parts) => (parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`);

  // A number of a parameter with at most four digits that count; exact in files (`exact`).
  function value(number) {
    const short = Number(number.toPrecision(4));
    return (Math.abs(short) >= 10000 ? short.toLocaleString("en-GB") : String(short)).replace("-", MINUS);
  }
  const exact = (number) => String(Number(number.toPrecision(6)));

  // As many digits as the uncertainty leaves: two of its own at most.
  function digitsFor(half, most = 3) {
    if (!(half > 0) || !Number.isFinite(half)) return 2;
    return Math.min(most, Math.max(0, 1 - Math.floor(Math.log10(half))));
  }
  const isShare = (outcome) => outcome.kind !== "index" || outcome.unit === "share";
  const unitOf = (outcome) => (isShare(outcome) ? "points" : ["index", "count"].includes(outcome.unit) ? "" : outcome.unit);
  const pointDigits = (difference) => (Math.abs(difference) >= 0.0995 ? 0 : 1);

  // "+12 ± 4", and "points" or the unit apart, so that lists need not repeat it.
  function difference(outcome, one) {
    if (isShare(outcome)) {
      const digits = pointDigits(one.difference);
      return `${signed(100 * one.difference, digits)}${THIN}±${THIN}${fixed(100 * one.half, digits)}`;
    }
    const digits = digitsFor(one.half);
    return `${signed(one.difference, digits)}${THIN}±${THIN}${fixed(one.half, digits)}`;
  }
  const withUnit = (outcome, one) => `${difference(outcome, one)}${unitOf(outcome) ? ` ${unitOf(outcome)}` : ""}`;
  // A level with its unit, or `bare` of it, for a sentence that has just said the unit.
  function level(outcome, number, half = 0.01, isBare = false) {
    if (isShare(outcome)) return percent(number);
    return `${fixed(number, digitsFor(half, 2))}${isBare || !unitOf(outcome) ? "" : ` ${outcome.unit}`}`;
  }

  function month(text) {
    const [year, number] = text.split("-").map(Number);
    return `${MONTHS[number - 1]} ${year}`;
  }
  const quantity = (parameter, number) => `${value(number)} ${parameter.unit}`;

  // What a parameter is called: its meaning without the report's claims, which stand in its notes, and whose it is.
  const bare = (meaning) => meaning.replace(/\s*\((?:R\d+[\s,;]*)+\)/g, "").trim();
  const place = (path) => path.split(".").slice(0, -1).map((part) => part.replaceAll("_", " ")).join(", ");
  const owner = (parameter) => capital(place(parameter.path)).replace(/^(Russia|Iran|Government|Israel), interests$/, "$1: interest");
  const title = (parameter) => capital(bare(parameter.meaning) || parameter.path);
  const reference = ({ scenario }) => (scenario.name === "baseline" ? "the baseline" : `\u201c${scenario.title}\u201d`);

  return {
    MINUS, THIN, GRADES, fixed, signed, count, percent, capital, joined, value, exact, isShare, unitOf, difference, withUnit, level, month,
    quantity, owner, title, reference, bare,
  };
})();
