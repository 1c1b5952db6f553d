import { normaliseName } from './person.names';

/**
 * Given names that are common in Germany. Two different ones of them are two names, however alike (Anna and Hanna): what
 * looks like a typing error between them is mostly twins or sisters. Names of the same person in short and long form
 * stand together.
 */
const COMMON = `
alexander sascha aleksandr alexandr oleksandr|andreas andre|anton toni|benjamin ben|bernd bernhard|christian chris|christoph|daniel|david|dennis|dieter|dirk|dominik|elias|emil|
erik|ernst|fabian|felix|finn|florian|frank|franz|friedrich fritz|georg|gerhard gerd|guenter guenther|hans johannes johann|harald|heinrich heinz|helmut|
henry|herbert|hermann|holger|horst|ingo|jakob|jan|jannik|jens|joachim achim|joerg|jonas|jonathan|josef sepp|julian|juergen|kai|karl|karsten carsten|
kevin|klaus nikolaus|konrad|kurt|lars|leo|leon|levin|linus|lothar|luca|ludwig|lukas|manfred|marc marcus markus|marcel|mario|marko|martin|mathias matthias|max
maximilian|michael|mika|moritz|nico niklas|noah|norbert|olaf|oliver|oskar|otto|pascal|patrick|paul|peter|philipp|rainer reiner|ralf|rene|richard|
robert|robin|roland|rolf|rudolf|ruediger|samuel|sebastian basti|siegfried|simon|stefan stephan|steffen|sven|theo|thomas|thorsten torsten|tim|timo|tobias|tom|
udo|ulrich uli|uwe|valentin|vincent|volker|walter|werner|wilhelm willi|wolfgang|ahmed ahmad achmed ahmet|ali|emre|hasan hassan|hussein husain hussain hossein|ibrahim|mehmet|mohamed mohammed mohammad mohamad muhammad|mustafa|omar omer|yusuf youssef yousef jusuf|
piotr|pawel|tomasz|jakub|igor ihor|ivan iwan|dmitri dmitrij dmitry dmytro|sergei sergej sergey serhij|juri jurij yuri yuriy|georgios giorgos jorgos|anastasia|andrea|anette annette|angelika|anja|anke|anna|anne|annika|antonia|antje|astrid|barbara|beate|
bettina|birgit|brigitte|carla|carolin|charlotte|christa|christiane|christina|christine|claudia|clara klara|cornelia|dagmar|daniela|diana|doris|elena olena jelena|elfriede|
elisabeth lisbeth|elke|ella|elsa|emilia|emily|emma|erika|esther|eva|franziska franzi|frieda|gabriele gabi|gerda|gertrud|gisela|greta|gudrun|hanna hannah|heidi|heike|
helena|helga|hildegard|ida|ilse|ina|ines|ingeborg inge|ingrid|irene|iris|irmgard|jana|janina|jasmin|jennifer|jessica|johanna|josefine|judith|julia|juliane|
jutta|karin|karla|karolin|katharina kathi|kathrin katrin|katja|kerstin|kirsten|kristin|lara|laura|lea|lena|leonie|lieselotte|lilli|lina|linda|lisa|lotte|luise|maja|
manuela|mareike|margarete|maria|marie|marina|marion|marlene|martha|martina|mathilda|melanie|mia|michaela|mila|miriam|monika|nadine|nadja|natalie|nele|nicole|nina|
olga|paula|petra|pia|regina|renate|rita|rosa|rosemarie|ruth|sabine|sabrina|sandra|sara sarah|silke|silvia sylvia|simone|sofia sophia|sonja|sophie sofie|stefanie steffi|
susanne|svenja|tamara|tanja|tatjana tatiana tatyana tetiana|theresa|ulrike|ursula|ute|vanessa|vera|verena|veronika|viktoria|waltraud|yvonne|aisha aischa aicha ayse|aylin|elif|fatima fatma fatimah|leyla|meryem|
zeynep|agnieszka|ewa|joanna|katarzyna|malgorzata|natalia natalija nataliya|svetlana swetlana svitlana|oksana|iryna irina`;

const FORMS = new Map(
  COMMON.replaceAll('\n', ' ')
    .split('|')
    .flatMap((names, form) =>
      names
        .trim()
        .split(/\s+/)
        .map((name) => [normaliseName(name), form] as const),
    ),
);

/** Whether two given names in comparable form are both well known, and whether they are forms of one name. */
export function knownNames(one: string, other: string): 'same' | 'different' | 'unknown' {
  const [a, b] = [FORMS.get(one), FORMS.get(other)];
  if (a === undefined || b === undefined) return 'unknown';
  return a === b ? 'same' : 'different';
}
