/* The emoji that people in conversations use, with words that find them. */
export const emoji: { name: string; all: [string, string][] }[] = [
  {
    name: "Faces",
    all: [
      ["😀", "grin smile happy"], ["😃", "smile happy"], ["😄", "laugh happy"], ["😁", "grin"], ["😅", "sweat relief"],
      ["😂", "joy laugh tears"], ["🤣", "rolling laugh"], ["🙂", "smile"], ["😉", "wink"], ["😊", "blush happy"],
      ["😍", "love eyes"], ["🥰", "love hearts"], ["😘", "kiss"], ["😋", "yummy"], ["😎", "cool"], ["🤔", "think"],
      ["😐", "neutral"], ["😬", "grimace awkward"], ["🙄", "roll eyes"], ["😔", "sad sorry"], ["😢", "cry sad"],
      ["😭", "sob cry"], ["😤", "huff"], ["😡", "angry"], ["🤯", "mind blown"], ["😱", "scream shock"], ["😴", "sleep"],
      ["🤒", "ill sick"], ["🥳", "party celebrate"], ["🤗", "hug"], ["🙈", "monkey shy"], ["😇", "angel"],
    ],
  },
  {
    name: "Hands and hearts",
    all: [
      ["👍", "thumbs up yes good"], ["👎", "thumbs down no bad"], ["👌", "ok"], ["🙏", "thanks please namaste folded hands"],
      ["👏", "clap"], ["🙌", "hooray"], ["💪", "strong"], ["🤝", "handshake deal"], ["👋", "wave hello bye"],
      ["✌️", "peace victory"], ["🤞", "fingers crossed luck"], ["☝️", "up"], ["👉", "right point"], ["👇", "down point"],
      ["❤️", "heart love red"], ["🧡", "heart orange"], ["💛", "heart yellow"], ["💚", "heart green"],
      ["💙", "heart blue"], ["💜", "heart purple"], ["🤍", "heart white"], ["💔", "broken heart"], ["💯", "hundred"],
    ],
  },
  {
    name: "Festivals and nature",
    all: [
      ["🪔", "diya diwali lamp"], ["🎉", "party tada"], ["🎊", "confetti"], ["🎁", "gift present"], ["🎂", "cake birthday"],
      ["🎈", "balloon"], ["🎆", "fireworks"], ["✨", "sparkles"], ["🌟", "star"], ["⭐", "star"], ["🔥", "fire hot"],
      ["🌸", "flower blossom"], ["🌹", "rose flower"], ["🌿", "herb plant leaf"], ["🌱", "seedling plant"],
      ["☀️", "sun"], ["🌧️", "rain"], ["🌙", "moon"], ["🐶", "dog"], ["🐱", "cat"],
    ],
  },
  {
    name: "Work and things",
    all: [
      ["✅", "done tick check yes"], ["❌", "no cross"], ["⚠️", "warning"], ["❓", "question"], ["❗", "attention"],
      ["📦", "parcel package order"], ["🚚", "truck delivery"], ["🛍️", "shopping bag"], ["🛒", "cart"], ["💳", "card payment"],
      ["💰", "money"], ["🧾", "bill receipt"], ["📍", "place location"], ["🏠", "home house"], ["🏬", "shop store"],
      ["📞", "phone call"], ["📱", "mobile"], ["✉️", "mail"], ["📅", "calendar date"], ["⏰", "alarm clock time"],
      ["⏳", "wait hourglass"], ["📎", "paperclip attachment"], ["📷", "camera photo"], ["🔗", "link"], ["🔑", "key"],
      ["🍽️", "food plate"], ["☕", "coffee tea chai"], ["🍕", "pizza"], ["🚗", "car"], ["✈️", "flight plane"],
    ],
  },
];

/** Those whose words begin with what was typed; all of them for nothing. */
export function findEmoji(text: string): typeof emoji {
  const typed = text.trim().toLowerCase();
  if (!typed) return emoji;
  return emoji
    .map(({ name, all }) => ({ name, all: all.filter(([, words]) => words.split(" ").some((w) => w.startsWith(typed))) }))
    .filter(({ all }) => all.length > 0);
}
