//! The classes of the words of figures, and their names in the tables.

/// A set of classes of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class([u64; 2]);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal,)*) => {
        impl Class {
            $($(#[$doc])* pub const $name: Class = Class::bit($bit);)*
        }
    };
}

classes! {
    /// `one` … `nine`
    DIGIT = 0,
    /// `zero`
    ZERO = 1,
    /// `ten` … `nineteen`
    TEEN = 2,
    /// `twenty` … `ninety`
    TENS = 3,
    /// `hundred`, `million`, `crore`
    SCALE = 4,
    /// `dozen`
    GROUP = 5,
    /// `hundreds`, `thousands`
    MANY = 6,
    /// `third`
    ORDINAL = 7,
    /// `thirds`
    DENOMINATOR = 8,
    /// `half`, `quarter`
    SHARE = 9,
    /// `minus`
    SIGN = 10,
    /// `point`
    POINT = 11,
    /// `k`, `bn`: read as written
    SHORT = 12,
    /// `March`
    MONTH = 13,
    /// `Tuesday`
    WEEKDAY = 14,
    /// `Tuesdays`
    WEEKDAYS = 15,
    /// `week`
    UNIT = 16,
    /// `weeks`
    UNITS = 17,
    /// `summer`
    SEASON = 18,
    /// `morning`, `noon`
    DAYPART = 19,
    /// `yesterday`
    DAY = 20,
    /// `now`, `recently`
    REF = 21,
    /// `daily`
    SET = 22,
    /// `last`, `next`, `this`
    ANCHOR = 23,
    /// `early`, `end`
    PART = 24,
    /// `ago`
    SHIFT = 25,
    /// `fiscal`
    FISCAL = 26,
    /// `a`, `an`
    ARTICLE = 27,
    /// `and`
    AND = 28,
    /// `of`
    OF = 29,
    /// `per`
    PER = 30,
    /// `the`, `its`
    DETERMINER = 31,
    /// A year may follow.
    YEAR_PREPOSITION = 32,
    /// `several`
    FEW = 33,
    /// No part of a noun phrase.
    STOP = 34,
    /// Tells of a rise.
    UP = 35,
    /// Tells of a fall.
    DOWN = 36,
    /// A number after it is a name.
    LABEL = 37,
    /// The same, if written with a capital.
    LABEL_CAPITAL = 38,
    /// A plural noun, or one without a plural ending.
    PLURAL = 39,
    /// Looks like a plural and is none.
    NO_PLURAL = 40,
    /// Ends a hedge that stands before a number.
    HEDGE_END = 41,
    /// Begins a hedge that stands after a number.
    HEDGE_START = 42,
    /// `Mon`, `Sun`
    WEEKDAY_SHORT = 43,
    /// `summers`
    SEASONS = 44,
    /// `last`, `next`: a rank told from the end, or from the one at hand
    RANK = 45,
    /// What follows `last` in an idiom (`last name`).
    NO_RANK = 46,
    /// `single`, `full`: between an article and a unit of time
    WHOLE = 47,
    /// `trading`: how a length of time is reckoned
    RECKONED = 48,
    /// `GMT`
    ZONE = 49,
    /// `Christmas`
    HOLIDAY = 50,
    /// `half`, `quarter` … of a ratio of two sides: `votes`, `odds`
    SIDES = 51,
    /// `twice`
    TIMES = 52,
    /// `thirties`
    DECADES = 53,
    /// Who can be under or over an age: `children`
    PERSON = 54,
    /// A unit that an article can count: `mile`
    ONE_UNIT = 55,
    /// After a measure, where it reaches: `from`, `deep`
    REACH = 56,
    /// A participle that has no regular ending: `shown`
    PARTICIPLE = 57,
    /// What follows an ordinal in an idiom (`second nature`).
    NO_ORDINAL = 58,
    /// `Street`: the end of an address
    STREET = 59,
    /// `new`: never counted
    ADJECTIVE = 60,
    /// In -s and after a plural noun, more often a verb than a noun: `says`
    VERB = 61,
    /// `said`, `told`: the day after it is that of the words
    SPEECH = 62,
    /// What is sold by the piece: `$5 a share`
    PRICED = 63,
    /// `who`, `after`: begins a clause, of which a day after it tells
    CLAUSE = 64,
    /// `daily`, `usually`: an hour after it is one of every day
    HABIT = 65,
    /// `call`, `write`: at the beginning of a sentence, what to do at an hour of any day
    ORDER = 66,
    /// `rang`, `struck`: said of a bell or clock, it tells the hour
    STRIKE = 67,
    /// `bell`, `clock`
    BELL = 68,
    /// `for`, `within`: what was measured before it is measured again (`for twelve years … for thirty`)
    AGAIN = 69,
    /// `results`, `elections`: a year before it is one (`2016 results`)
    OF_A_YEAR = 70,
    /// `called`, `dialled`: `called 911`
    DIAL = 71,
    /// `injured`, `missing`: what `scores` were
    HARMED = 72,
    /// Ends like a participle or adverb and is a noun: `building`, `breed`, `family`
    ING_NOUN = 73,
    /// `the`, `which`, `another`: before `one`, which then stands for a thing spoken of
    POINTING = 74,
    /// `is`, `were`
    BE = 75,
    /// `his`, `their`
    OWNER = 76,
    /// `were`, `have`, `took`: a bare number before it counts what was counted last
    AUXILIARY = 77,
    /// `by`, `from`: between a word for a rise and its measure
    LEAD = 78,
    /// `long`, `wide`: after a number of inches
    EXTENT = 79,
    /// `aged`, `ages`: before an age
    AGED = 80,
    /// `old`, `olds`: after the unit of an age
    OLD = 81,
    /// `less`, `higher`: after a share, what it is a share of is compared
    COMPARED = 82,
    /// `points`: of a percentage, where one was told
    POINTS = 83,
    /// `will`, `should`: a day after it lies ahead
    AHEAD = 84,
    /// `scheduled`, `due`: a day after it lies ahead, unless it was planned in the past
    PLANNED = 85,
    /// `end`, `middle`: of a period
    EDGE = 86,
    /// `them`, `whom`: after `of`, what was counted before
    THOSE = 87,
    /// `already`, `just`: between `is` and an age
    NOT_LONG = 88,
    /// `period`: a stretch of time that is reported on
    PERIOD = 89,
    /// A number after it is a name, though something follows that could be counted: `tier 2 cities`
    LABEL_SURE = 90,
    /// `couple`: two or so
    COUPLE = 91,
    /// `number`, `toll`: `the number of wrecks stood at 12`
    TOTAL = 92,
    /// `at`, `reached`, `is`: between such a total and its number
    STOOD = 93,
    /// `against`, `versus`: before a number that is compared with the one before
    AGAINST = 94,
    /// `run`, `screen`: after `5K`, `4K`, which then count nothing
    KIND_OF_K = 95,
    /// `weighs`, `heavy`: pounds near it are a weight
    WEIGHED = 96,
    /// `price`, `fine`, `loan`: pounds near it are money
    PRICE = 97,
    /// `cool`, `whole`: between an article and a scale word (`a cool million`)
    ROUND = 98,
    /// `hurdles`, `sprint`: metres before it are metres, not millions
    TRACK = 99,
    /// `sixfold`
    FOLD = 100,
    /// `for`, `has`, `took`: `over` after it bounds a length of time
    LASTING = 101,
    /// `Mrs`, `Judge`: what follows is a name
    HONORIFIC = 102,
    /// `april`, `june`: a month that is also a name
    GIVEN = 103,
    /// `yearlong`: a length of time in one word
    LENGTH = 104,
    /// `passed`, `approved`: beside the two sides of a vote
    CARRIED = 105,
    /// `temperature`, `weather`: degrees may be told by a small letter
    WARMTH = 106,
    /// `worth`, `totalling`: between a noun and the sum that it comes to
    WORTH = 107,
    /// `amount`, `value`: says nothing of what a sum is for
    SUM = 108,
    /// `total`, `return`: after `in`, an idiom (`$3 million in total`)
    IN_IDIOM = 109,
    /// `stake`, `share`: after a percentage, of what is behind it
    HOLDING = 110,
    /// `died`, `retired`: a number after `at` is the age at which it was done
    LIFE = 111,
    /// `Black`, `Good`: before a weekday, which is then a name
    NAMED_DAY = 112,
    /// `turned`: before an age
    TURN = 113,
    /// `mother`, `father`: a number after `of` counts their children
    PARENT = 114,
    /// `for`, `but`: written small in a headline, though it has three letters
    SMALL = 115,
    /// `set`, `handed`: a verb of which `up` or `over` behind it is a part
    PHRASAL = 116,
    /// `to`, `at`: before a share that tells where something stands, not how far it moved
    LEVEL = 117,
    /// `staff`, `crowd`: a number after `of` counts them
    COLLECTIVE = 118,
    /// `another`: between a hedge and its number
    FURTHER = 119,
    /// `fine`, `revenue`: a noun that is a sum of money
    SUM_NOUN = 120,
}

impl Class {
    /// No class.
    pub const NONE: Class = Class([0; 2]);

    /// The set of one class.
    const fn bit(bit: u32) -> Class {
        let all = 1u128 << bit;
        Class([all as u64, (all >> 64) as u64])
    }

    /// Both sets together.
    pub const fn or(self, other: Class) -> Class {
        Class([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }

    /// Whether the two share a class.
    pub const fn any(self, other: Class) -> bool {
        (self.0[0] & other.0[0]) | (self.0[1] & other.0[1]) != 0
    }

    /// Whatever a number in words can begin with.
    pub const CARDINAL: Class =
        Class::DIGIT.or(Class::ZERO).or(Class::TEEN).or(Class::TENS).or(Class::SCALE).or(Class::GROUP);
}

pub(super) fn number_class(name: &str) -> Option<Class> {
    Some(match name {
        "digit" => Class::DIGIT,
        "zero" => Class::ZERO,
        "teen" => Class::TEEN,
        "tens" => Class::TENS,
        "scale" => Class::SCALE,
        "group" => Class::GROUP,
        "couple" => Class::GROUP.or(Class::COUPLE),
        "many" => Class::MANY,
        "ordinal" => Class::ORDINAL,
        "denominator" => Class::DENOMINATOR,
        "share" => Class::SHARE,
        "sign" => Class::SIGN,
        "point" => Class::POINT,
        "short" => Class::SHORT,
        "times" => Class::TIMES,
        "decades" => Class::DECADES,
        "fold" => Class::FOLD,
        "rank" | "rank-alone" => Class::RANK,
        _ => return None,
    })
}

pub(super) fn time_class(name: &str) -> Option<Class> {
    Some(match name {
        "month" => Class::MONTH,
        "weekday" => Class::WEEKDAY,
        "weekday-short" => Class::WEEKDAY_SHORT,
        "weekdays" => Class::WEEKDAYS,
        "unit" => Class::UNIT,
        "units" => Class::UNITS,
        "season" => Class::SEASON,
        "seasons" => Class::SEASONS,
        "daypart" => Class::DAYPART,
        "day" => Class::DAY,
        "ref" => Class::REF,
        "set" => Class::SET,
        "anchor" => Class::ANCHOR,
        "part" => Class::PART,
        "shift" => Class::SHIFT,
        "fiscal" => Class::FISCAL,
        "whole" => Class::WHOLE,
        "reckoned" => Class::RECKONED,
        "zone" => Class::ZONE,
        "holiday" => Class::HOLIDAY,
        "length" => Class::LENGTH,
        _ => return None,
    })
}

pub(super) fn particle_class(name: &str) -> Option<Class> {
    Some(match name {
        "article" => Class::ARTICLE,
        "and" => Class::AND,
        "of" => Class::OF,
        "per" => Class::PER,
        "determiner" => Class::DETERMINER,
        "year-preposition" => Class::YEAR_PREPOSITION,
        "few" => Class::FEW,
        "stop" => Class::STOP,
        "no-rank" => Class::NO_RANK,
        "sides" => Class::SIDES,
        "person" => Class::PERSON,
        "one-unit" => Class::ONE_UNIT,
        "reach" => Class::REACH,
        "participle" => Class::PARTICIPLE,
        "no-ordinal" => Class::NO_ORDINAL,
        "street" => Class::STREET,
        "adjective" => Class::ADJECTIVE,
        "verb" => Class::VERB,
        "speech" => Class::SPEECH,
        "priced" => Class::PRICED,
        "clause" => Class::CLAUSE,
        "habit" => Class::HABIT,
        "order" => Class::ORDER,
        "strike" => Class::STRIKE,
        "bell" => Class::BELL,
        "again" => Class::AGAIN,
        "of-a-year" => Class::OF_A_YEAR,
        "dial" => Class::DIAL,
        "harmed" => Class::HARMED,
        "ing-noun" => Class::ING_NOUN,
        "pointing" => Class::POINTING,
        "be" => Class::BE,
        "owner" => Class::OWNER,
        "auxiliary" => Class::AUXILIARY,
        "lead" => Class::LEAD,
        "extent" => Class::EXTENT,
        "aged" => Class::AGED,
        "old" => Class::OLD,
        "compared" => Class::COMPARED,
        "points" => Class::POINTS,
        "ahead" => Class::AHEAD,
        "planned" => Class::PLANNED,
        "edge" => Class::EDGE,
        "those" => Class::THOSE,
        "not-long" => Class::NOT_LONG,
        "period" => Class::PERIOD,
        "total" => Class::TOTAL,
        "stood" => Class::STOOD,
        "against" => Class::AGAINST,
        "kind-of-k" => Class::KIND_OF_K,
        "weighed" => Class::WEIGHED,
        "price" => Class::PRICE,
        "round" => Class::ROUND,
        "track" => Class::TRACK,
        "lasting" => Class::LASTING,
        "honorific" => Class::HONORIFIC,
        "given" => Class::GIVEN,
        "carried" => Class::CARRIED,
        "warmth" => Class::WARMTH,
        "worth" => Class::WORTH,
        "sum" => Class::SUM,
        "in-idiom" => Class::IN_IDIOM,
        "holding" => Class::HOLDING,
        "life" => Class::LIFE,
        "named-day" => Class::NAMED_DAY,
        "turn" => Class::TURN,
        "parent" => Class::PARENT,
        "small" => Class::SMALL,
        "phrasal" => Class::PHRASAL,
        "level" => Class::LEVEL,
        "collective" => Class::COLLECTIVE,
        "further" => Class::FURTHER,
        "sum-noun" => Class::SUM_NOUN,
        _ => return None,
    })
}
