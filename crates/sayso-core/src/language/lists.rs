//! Short lists of words, each asked for by one rule or a few (`language/en/lists.tsv`, which says what each is for). A word is
//! compared as text: with one of the list that has its length, so most words are told apart without a look at their letters.
//!
//! ```
//! use sayso_core::language::{self, lists::List};
//! let lists = &language::of(None).lexicon.lists;
//! assert!(lists.has(List::Articles, "the") && !lists.has(List::Articles, "The"));
//! assert!(lists.reads(List::Articles, "The") && !lists.reads(List::Articles, "its"));
//! ```

use super::tsv;

/// The names of the lists, each as it is and as it stands in the table: `BeforeMay`, `before-may`.
macro_rules! lists {
    ($($name:ident,)*) => {
        /// The name of a list of words. `language/en/lists.tsv` says what each is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the table says what each list is for")]
        pub enum List {
            $($name,)*
        }

        impl List {
            /// All lists, in the order of the table.
            pub const ALL: &[List] = &[$(List::$name,)*];

            /// Its name in code: `BeforeMay`.
            const fn ident(self) -> &'static str {
                match self {
                    $(List::$name => stringify!($name),)*
                }
            }
        }
    };
}

lists! {
    Articles,
    Clitics,
    Negations,
    OrdinalEndings,
    FractionEndings,
    EndSigns,
    InvariantPlurals,
    UnwrittenCodes,
    ThousandLetters,
    MoneyMillions,
    Millions,
    MoneyBillions,
    Billions,
    SumMillions,
    SumBillions,
    SumTrillions,
    LowerCodes,
    EmergencyNumbers,
    TextVerbs,
    AfterEmergency,
    FreeLines,
    Guns,
    LossWords,
    BeforePronoun,
    OneIdioms,
    AgeTimes,
    YoungWords,
    GroupOwners,
    TodaysIdioms,
    ByWords,
    HalfUnits,
    Percents,
    PercentsOf,
    SpacedSymbols,
    NameLikeUnits,
    MinusLeads,
    BoundPrepositions,
    HedgeEndings,
    ChangeAdverbs,
    FiniteBe,
    PlacePrepositions,
    TargetPrepositions,
    AdjunctPrepositions,
    Deniers,
    NoDenial,
    AgeSides,
    AgeLimits,
    AfterAge,
    PersonPronouns,
    RankPeriods,
    ThirdParties,
    BeforeLast,
    BeforeFirst,
    NamingNouns,
    StatesOfMind,
    SayingNoMore,
    AbleModals,
    Telling,
    OfficeWords,
    FieldOffices,
    KindOwners,
    RankWords,
    BodyAdjectives,
    RankNouns,
    Votes,
    AfterTimes,
    CountedOn,
    ReducedHeads,
    HavingVerbs,
    ClauseJoins,
    SumVerbs,
    EverywhereWords,
    RelativeGerunds,
    VerbFollowers,
    DayJoins,
    FromToVerbs,
    BeforeRange,
    RangeWords,
    SpanJoins,
    ClockJoins,
    BeforeMay,
    ShortMonths,
    UnshortenedMonths,
    AfterMarch,
    BeforeMonthName,
    WholeDayparts,
    BeforeHours,
    PricedWords,
    BeforeSpring,
    BeforeSeason,
    SeasonIdioms,
    BeforeDaypart,
    PeriodAdjectives,
    YearAdjectives,
    EdgeParticiples,
    AgoWords,
    TimesWords,
    LastingVerbs,
    LastingPrepositions,
    FewWords,
    PastWords,
    WithinWords,
    SpentWords,
    AfterSpent,
    AfterFigure,
    NumberPrepositions,
    NumberHedges,
    PointingDeterminers,
    YearLikeCounted,
    YearPrefixes,
    SecondHalves,
    ReferenceAdjectives,
    DatePrepositions,
    PassiveLeads,
    Permitting,
    PutOff,
    MayWords,
    OpenModals,
    BehindSource,
    NumberedThings,
    NamesOfLetters,
    BareAmounts,
    BeforeAttribute,
    AfterShare,
    CleftFillers,
    CleftWords,
    AfterChange,
    ContrastWords,
    ClauseEnds,
    AsideOpeners,
    ClauseAuxiliaries,
    BeforeEdAdjective,
    OccasionPrepositions,
    Reflexives,
    MeasuredRises,
    IdleLeads,
    ChorusLabels,
    MemberActs,
    Amounts,
    NounsInEd,
    ReducedParticiples,
    PlainPasts,
    Rumours,
    Press,
    NounsInIng,
    BeforeNoHyphen,
    BehindNoHyphen,
    HyphenTails,
    Concessions,
    Settling,
    PastAuxiliaries,
    PresentAuxiliaries,
    TimeLeads,
    AdverbialQuestions,
    BoundingAt,
    BoundingAs,
    WhenSaid,
    InTitles,
    PartyMembers,
    Expressing,
    AboutWords,
    Replying,
    Asking,
    EpithetWords,
    Arriving,
    Leaving,
    MakingVerbs,
    GivingVerbs,
    DegreeAdverbs,
    LinkingVerbs,
    AfterClose,
    NewsLinks,
    Compass,
    TellingMore,
    TurnNouns,
    Hearings,
    HearingFrame,
    Older,
    Younger,
    Children,
    Parents,
    Spouses,
    Married,
    KinPairs,
    GivenMonths,
    SmallBodies,
    NameSyllables,
    OnesOfSeveral,
    BehindPeople,
    NamingVerbs,
    Relatives,
    NextOfThat,
    NextOfClause,
    NextBehindDash,
    SummingWords,
    QuotedWords,
    HonourWords,
    LettersBehindNames,
    MemberPlaces,
    ForATime,
    Salutations,
    InterviewSigns,
    StageThings,
    StageActs,
    PlayedWords,
    CallChairs,
    SwornWords,
    Examinations,
    MonthParts,
    ClauseAdverbs,
    NeedingNoun,
    SureCues,
    BindingPrepositions,
    TextPlaces,
    AspectVerbs,
    PluralSubjects,
    OnePeople,
    Going,
    ChainVerbs,
    Overheard,
    ReleaseWires,
    TopicPrepositions,
    PresentBe,
    ToBe,
    ContentNouns,
    GerundAdjectives,
    Results,
    PastModals,
    Effects,
    Signs,
    NewspaperNames,
    GivenTitles,
    GivenRoles,
    LeadDeterminers,
    CountWords,
    InterviewWords,
    MakerLinks,
    TopicBodies,
    ShownDeterminers,
    RoleDeterminers,
    DocumentDeterminers,
    WasMade,
    MadeParticiples,
    DocumentSources,
    GroupMembers,
    NameParticles,
    OfficeLinks,
    ExampleLeads,
    Pictures,
    WillNouns,
    Prospects,
    FeltNouns,
    NobleTitles,
    ThingPronouns,
    TimeNouns,
    PeopleOwned,
    OfficePlaces,
    Additive,
    GenericRoles,
    Interviewing,
    Talking,
    LinkWords,
    PlaceLeads,
    Laws,
    CourtesyTitles,
    LegalForms,
    PointingWords,
    Askers,
    BeforeAge,
    BeingOfAge,
    BeforeCounted,
    BeforeInAll,
    BeforePlaceName,
    BeforeLocation,
    AfterMoved,
    BeforeMereParticle,
    BeforeMoved,
    BeforeAmount,
    ChangeParticles,
    ChangeComparatives,
    HarmlessNegated,
    Averting,
    BeforeToCome,
    BeforeParticiple,
    EarlierMarks,
    Periods,
    Formerly,
    RecurringTimes,
    BeforeEarlierYear,
    BeforeYear,
    RateWords,
    AfterLength,
    Exactly,
    ExactBe,
    ExactTo,
    WorkingDays,
    RecordNouns,
    WhatIsLeft,
    AddingUp,
    PutTogether,
    BeforePassiveNot,
    Statutes,
    BeforeListed,
    BeforeWhole,
    BeforeCovered,
    BeforeOtherTime,
    AfterCovered,
    Compares,
    BeforeBase,
    BeforeBaseOfChange,
    EveryOfShare,
    BeforeOlderValue,
    ArticlesOfValue,
    BeforePoint,
    WholePronouns,
    SpeechPasts,
    Tales,
    AskingPrepositions,
    NotOnly,
    Supposing,
    Nobody,
    Gatherings,
    Meeting,
    BetweenDays,
    Now,
    AsideParticles,
    BeforePart,
    PennyCurrencies,
    EmptyCells,
    PercentEndings,
    CellFlags,
    HeaderShares,
    HeaderTimes,
    HeaderThousands,
    HeaderMillions,
    HeaderBillions,
    HeaderTrillions,
    HeaderMoney,
    MeasureColumns,
    ValueColumns,
    BetweenRows,
    Generations,
    LabelParticles,
    Hesitations,
    Listeners,
    OwnVoices,
    QuoteOpeners,
    Silences,
    SilentActs,
    PageAuthors,
    PassiveHangers,
    Recalling,
    RecalledHome,
    BenchOffices,
    Contacting,
}

impl List {
    /// Its name in the table: `before-may`.
    fn name(self) -> String {
        let mut name = String::new();
        for c in self.ident().chars() {
            if c.is_ascii_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        }
        name
    }
}

/// The words of one list.
#[derive(Clone, Default)]
struct Row {
    /// A bit for each length in bytes that a word of it has.
    lengths: u32,
    /// A bit for each first letter that a word of it has, whatever its case.
    initials: u32,
    words: Box<[&'static str]>,
}

impl Row {
    fn new(words: Box<[&'static str]>) -> Row {
        let lengths = words.iter().fold(0, |bits, word| bits | length(word.as_bytes()));
        let initials = words.iter().fold(0, |bits, word| bits | initial(word.as_bytes()));
        Row { lengths, initials, words }
    }

    /// The words among which one may be: none where none is as long and begins so. Most words of a text are in no list, and
    /// this tells it without a look at the list's words.
    #[inline]
    fn like(&self, word: &[u8]) -> &[&'static str] {
        if self.lengths & length(word) == 0 || self.initials & initial(word) == 0 { &[] } else { &self.words }
    }
}

/// The bit of a word's length; one for all that are longer than thirty bytes.
fn length(word: &[u8]) -> u32 {
    1 << word.len().min(31)
}

/// The bit of a word's first byte: the same for a capital and its small letter.
fn initial(word: &[u8]) -> u32 {
    1 << word.first().map_or(0, |byte| byte & 31)
}

/// The lists of a language.
#[derive(Clone)]
pub struct Lists {
    /// By [`List`].
    rows: Vec<Row>,
}

impl Lists {
    /// Reads the table: `list`, `words`, `use`. A list without a row is empty.
    pub fn new(table: &'static str) -> Self {
        let mut rows = vec![Row::default(); List::ALL.len()];
        let names: Vec<String> = List::ALL.iter().map(|list| list.name()).collect();
        for row in tsv::rows(table) {
            let name = row.cell(0);
            if let Some(at) = names.iter().position(|known| known == name) {
                rows[at] = Row::new(row.list(1).collect());
            }
        }
        Lists { rows }
    }

    /// Whether a word is in a list, letter by letter.
    #[inline]
    pub fn has(&self, list: List, word: impl AsRef<[u8]>) -> bool {
        let word = word.as_ref();
        self.rows[list as usize].like(word).iter().any(|known| known.as_bytes() == word)
    }

    /// Whether a word is in a list, without regard to ASCII case.
    #[inline]
    pub fn reads(&self, list: List, word: impl AsRef<[u8]>) -> bool {
        let word = word.as_ref();
        self.rows[list as usize].like(word).iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word))
    }

    /// The words of a list, in the order of the table.
    pub fn words(&self, list: List) -> &[&'static str] {
        &self.rows[list as usize].words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::en::TABLES;
    use std::collections::HashSet;

    #[test]
    fn every_list_has_one_row_and_every_word_stands_once_in_it() {
        let mut seen = HashSet::new();
        for row in tsv::rows(TABLES.lists) {
            let name = row.cell(0);
            assert!(List::ALL.iter().any(|list| list.name() == name), "line {}: no list {name}", row.line);
            assert!(seen.insert(name), "line {}: {name} stands twice", row.line);
            assert!(!row.cell(2).is_empty(), "line {}: what is {name} for?", row.line);
            let words: Vec<&str> = row.list(1).collect();
            let different: HashSet<&str> = words.iter().copied().collect();
            assert!(words.len() > 1 && different.len() == words.len(), "line {}: {name}", row.line);
        }
        assert_eq!(seen.len(), List::ALL.len());
    }

    #[test]
    fn no_two_lists_are_the_same() {
        let mut seen = HashSet::new();
        for row in tsv::rows(TABLES.lists) {
            let mut words: Vec<&str> = row.list(1).collect();
            words.sort_unstable();
            assert!(seen.insert(words.clone()), "line {}: {words:?} stand in another list, too", row.line);
        }
    }

    #[test]
    fn long_words_are_found() {
        let lists = Lists::new("list\twords\narticles\ta|a word of more than thirty-two letters\n");
        assert!(lists.has(List::Articles, "a word of more than thirty-two letters"));
        assert!(!lists.has(List::Articles, "a word of more than thirty-two letterz"));
        assert!(!lists.has(List::Articles, "") && !lists.has(List::Clitics, "s"));
    }
}
