// Days as the panels' data tell them: in days since 1970, null for none.
const isoOf = (number) => (number === null ? "" : new Date(number * 864e5).toISOString().slice(0, 10));
const numberOf = (iso) => Date.parse(iso) / 864e5;
