// Days as the data tell them, in days since 1970, and as they are shown.
const DAY = 864e5;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const isoOf = (number) => (number === null ? "" : new Date(number * DAY).toISOString().slice(0, 10));
const numberOf = (iso) => Date.parse(iso) / DAY;
const sayDay = (number) => {
  const day = new Date(number * DAY);
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
};
const sayCount = (count, noun, many = `${noun}s`) => `${count.toLocaleString("en")} ${count === 1 ? noun : many}`;
