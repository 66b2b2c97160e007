using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace HealthEquity.Formats.OpeningHours;

/// <summary>The words for hours in English, Spanish, French, Portuguese and Haitian Creole, in lowercase without accents.</summary>
internal static partial class HoursWords
{
    private static readonly DayOfWeek[] Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    private static readonly FrozenDictionary<string, DayOfWeek[]> Days = Index(
    [
        (["monday", "mondays", "mon", "mons", "mo", "lunes", "lun", "lundi", "segunda", "segunda-feira", "seg", "lendi"], [DayOfWeek.Monday]),
        (["tuesday", "tuesdays", "tues", "tue", "tu", "martes", "mar", "mardi", "terca", "terca-feira", "ter", "madi"], [DayOfWeek.Tuesday]),
        (["wednesday", "wednesdays", "weds", "wed", "we", "miercoles", "mier", "mie", "mercredi", "mer", "quarta", "quarta-feira", "qua", "mekredi"], [DayOfWeek.Wednesday]),
        (["thursday", "thursdays", "thurs", "thur", "thu", "th", "jueves", "jue", "juev", "jeudi", "jeu", "quinta", "quinta-feira", "qui", "jedi"], [DayOfWeek.Thursday]),
        (["friday", "fridays", "fri", "fr", "viernes", "vier", "vie", "vendredi", "ven", "sexta", "sexta-feira", "sex", "vandredi"], [DayOfWeek.Friday]),
        (["saturday", "saturdays", "sat", "sats", "sa", "sabado", "sabados", "sab", "samedi", "sam", "samdi"], [DayOfWeek.Saturday]),
        (["sunday", "sundays", "sun", "suns", "su", "domingo", "domingos", "dom", "dimanche", "dim", "dimanch"], [DayOfWeek.Sunday]),
        (["weekdays", "weekday", "working days", "business days", "entre semana"], Week[..5]),
        (["weekends", "weekend", "week-ends", "week-end", "fines de semana", "fin de semana", "fins de semana", "fim de semana"], Week[5..]),
        (["daily", "every day", "everyday", "7 days a week", "7 days", "7 days/week", "7 days per week", "seven days a week", "all week", "todos los dias", "diario", "diariamente", "tous les jours", "todos os dias", "chak jou"], Week),
    ]);

    private static readonly FrozenDictionary<string, string> Zones = new Dictionary<string, string>
    {
        ["ET"] = "America/New_York",
        ["EST"] = "America/New_York",
        ["EDT"] = "America/New_York",
        ["CT"] = "America/Chicago",
        ["CST"] = "America/Chicago",
        ["CDT"] = "America/Chicago",
        ["MT"] = "America/Denver",
        ["MST"] = "America/Denver",
        ["MDT"] = "America/Denver",
        ["PT"] = "America/Los_Angeles",
        ["PST"] = "America/Los_Angeles",
        ["PDT"] = "America/Los_Angeles",
    }.ToFrozenDictionary();

    /// <summary>The days for a word; empty if it is not a day.</summary>
    public static IReadOnlyList<DayOfWeek> Find(string word) => Days.GetValueOrDefault(word, []);

    /// <summary>The time zone for an uppercase abbreviation.</summary>
    public static string? Zone(string word) => Zones.GetValueOrDefault(word);

    /// <summary>
    /// Days written as a run of letters, such as "MWF", "TTh", "MTWRF": at least two, in the order of the week. "MF" is not read, because it
    /// may mean a range.
    /// </summary>
    public static IReadOnlyList<DayOfWeek> DayLetters(string letters)
    {
        var days = new List<DayOfWeek>();
        foreach (Match letter in Letter().Matches(letters))
        {
            var day = letter.Value.ToUpperInvariant() switch
            {
                "M" => DayOfWeek.Monday,
                "TU" => DayOfWeek.Tuesday,
                "T" when !days.Contains(DayOfWeek.Tuesday) => DayOfWeek.Tuesday,
                "T" or "TH" or "R" => DayOfWeek.Thursday,
                "W" => DayOfWeek.Wednesday,
                "F" => DayOfWeek.Friday,
                "SA" => DayOfWeek.Saturday,
                _ => DayOfWeek.Sunday,
            };
            if (days.Count > 0 && Place(day) <= Place(days[^1]))
            {
                return [];
            }

            days.Add(day);
        }

        return days.Count > 1 && letters is not ("MF" or "MSU" or "MSu") ? days : [];
    }

    /// <summary>The days from one to another, wrapping around the week.</summary>
    public static IReadOnlyList<DayOfWeek> Range(DayOfWeek first, DayOfWeek last) =>
        [.. Enumerable.Range(0, (Place(last) - Place(first) + 7) % 7 + 1).Select(n => Week[(Place(first) + n) % 7])];

    /// <summary>0 for Monday.</summary>
    public static int Place(DayOfWeek day) => ((int)day + 6) % 7;

    private static FrozenDictionary<string, DayOfWeek[]> Index((string[] Words, DayOfWeek[] Days)[] known) =>
        known.SelectMany(k => k.Words.Select(w => KeyValuePair.Create(w, k.Days))).ToFrozenDictionary(StringComparer.Ordinal);

    [GeneratedRegex(@"\G(24 ?/ ?7( ?/ ?36[56])?(?![\d/])|24[ -]?(hours|hrs?|horas|heures)\.?( ?(a|/|per|each|al|por|par) ?(day|dia|jour))?[, ]*((and|y|et|&|los|les) )?(7|seven|siete|sept|36[56]) (days|dias|jours)( ?(a|/|per|of the|a la|de la|por|par) ?(week|semana|semaine|year))?|always open|open always|(a?round|around) the clock|las 24 horas( del dia)?,? (todos los dias|(los )?(7|siete) dias( (de|a) la semana)?))(?!\p{L})", RegexOptions.IgnoreCase)]
    public static partial Regex Always();

    [GeneratedRegex(@"\G(24[ -]?(hours|hrs?|horas|heures)\.?( ?(a|/|per|al|por|par) ?(day|dia|jour))?|all day|todo el dia)(?!\p{L})", RegexOptions.IgnoreCase)]
    public static partial Regex AllDay();

    [GeneratedRegex(@"\G(7 days( ?(a|/|per) ?week)?|seven days a week|every ?day|all week|working days|business days|todos los dias|tous les jours|todos os dias|chak jou|entre semana|fines? de semana|fins de semana|fim de semana|week-ends?|(segunda|terca|quarta|quinta|sexta)-feira)(?!\p{L})", RegexOptions.IgnoreCase)]
    public static partial Regex MultiWordDays();

    [GeneratedRegex(@"\G((by|con|on|sur|com|via) (appointment|appt\.?|cita( previa)?|rendez-vous|hora marcada)( only)?|appointments?( (only|required|preferred|needed|necessary|available))?|appt\.? only|walk-?ins?( (welcome|accepted|only))?|(closed |except |excluding |not |cerrado )?(on |los )?((all|most|major|federal|public|legal|state|bank|national|observed|and|dias) )*(holidays|feriados|festivos)( excluded)?)(?!\p{L})", RegexOptions.IgnoreCase)]
    public static partial Regex Noted();

    [GeneratedRegex(@"\G((hours|times|days|schedule)? ?(may )?(vary|varies|varied)( by \p{L}+)?|(please )?call( us)?( (first|ahead))?( (for|to) ((current|more|an|schedule an|make an) )?(hours|times|details|information|info|appointment|schedule))?|llame para (horario|cita|informacion))(?![\p{L}\d])", RegexOptions.IgnoreCase)]
    public static partial Regex Vague();

    [GeneratedRegex(@"\G(closed|cerrado|cerramos|ferme|fechado|femen)(?!\p{L})", RegexOptions.IgnoreCase)]
    public static partial Regex Closed();

    /// <summary>Words without meaning for the hours.</summary>
    [GeneratedRegex(@"^(open|opens|hours?|hrs?|office|business|operating|regular|normal|of|operation|from|our|are|is|the|on|at|each|de|del|desde|la|las|el|los|le|les|du|horas?|horarios?|abierto|abrimos|ouvert|heures?|aberto|das|do|oficina|depi)$")]
    public static partial Regex Filler();

    [GeneratedRegex(@"^(to|through|thru|thr|until|till|til|a|al|hasta|ate|as|au|jiska)$")]
    public static partial Regex Until();

    [GeneratedRegex(@"^(and|y|et|e|ak|plus|also)$")]
    public static partial Regex And();

    [GeneratedRegex(@"\G(?:(?<h>\d{1,2})[:.](?<m>\d{2})(?::00)?|(?<h>\d{1,2})(?<french>h)(?<m>\d{2})?|(?<h>\d{1,2})(?<close>\d{2})|(?<h>\d{1,2}))(?:(?<half>[ap])(?![\p{L}\d])|\s?(?<half>[ap])\.?\s?m\b\.?|\s?(?<part>de la (?:manana|tarde|noche)|noon|midnight))?(?![\p{L}\d:/%])", RegexOptions.IgnoreCase)]
    public static partial Regex Time();

    [GeneratedRegex(@"\G(noon|midday|mediodia|midi|meio-dia|midnight|medianoche|minuit|meia-noite)(?!\p{L})", RegexOptions.IgnoreCase)]
    public static partial Regex NamedTime();

    [GeneratedRegex(@"\G\p{L}+")]
    public static partial Regex Word();

    [GeneratedRegex("^(M|T|Tu|TU|W|Th|TH|R|F|Sa|SA|Su|SU){2,7}$")]
    public static partial Regex Row();

    [GeneratedRegex("Tu|TU|Th|TH|Sa|SA|Su|SU|[MTWRF]")]
    private static partial Regex Letter();
}
