/*
 * The languages WhatsApp takes for templates, Indian ones first. Source: Meta, "Supported languages"
 * of message templates.
 */
const codes = [
  ..."en hi en_US en_GB bn gu kn ml mr pa ta te ur".split(" "),
  ..."af sq ar az bg ca zh_CN zh_HK zh_TW hr cs da nl et fil fi fr ka de el ha he hu id ga it ja kk rw_RW ko ky_KG lo lv lt mk ms nb fa pl pt_BR pt_PT ro ru sr sk sl es es_AR es_ES es_MX sw sv th tr uk uz vi zu".split(
    " ",
  ),
];

const names = new Intl.DisplayNames("en", { type: "language" });

/** "Hindi", "English (United States)"; the code itself where it has no name. */
export function languageName(code: string): string {
  try {
    return names.of(code.replace("_", "-")) ?? code;
  } catch {
    return code;
  }
}

export const languageOptions = codes.map((code) => ({ value: code, label: languageName(code), hint: code }));
