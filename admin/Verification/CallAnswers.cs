using HealthEquity.Admin.Forms;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Rules;
using HealthEquity.Formats.Sources;
using HealthEquity.Formats.Transforms;
using HealthEquity.Store.Verification;
using PhoneNumbers;

namespace HealthEquity.Admin.Verification;

/// <summary>The answers on the call screen, and the entry with the new values.</summary>
public sealed class CallAnswers
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    private readonly Dictionary<string, string> _answers = [];
    private readonly List<(string Group, string Error)> _errors = [];
    private readonly List<string> _corrected = [];

    private readonly string? _timeZone;

    private CallAnswers(Entry entry, string? timeZone) => (Corrected, _timeZone) = (entry, timeZone);

    /// <summary>The answers by group.</summary>
    public IReadOnlyDictionary<string, string> Answers => _answers;

    /// <summary>The entry with the new values; the same entry if nothing has changed.</summary>
    public Entry Corrected { get; private set; }

    /// <summary>The labels of the groups with new values.</summary>
    public IReadOnlyList<string> CorrectedGroups => _corrected;

    /// <summary>New values that can't be read, with the remedy.</summary>
    public IReadOnlyList<(string Group, string Error)> Errors => _errors;

    /// <summary>Reads the posted answers.</summary>
    /// <param name="form">The form: <c>a.{group}</c> the answer, <c>v.{group}</c> a typed value, <c>w.{group}</c> what it replaces, <c>c.{group}</c> chosen boxes.</param>
    /// <param name="groups">The groups that were shown.</param>
    /// <param name="latest">The latest content, which gets the new values.</param>
    /// <param name="today">The date of new capacity information.</param>
    /// <param name="timeZone">The time zone of hours, if neither the entry nor its place has one.</param>
    public static CallAnswers Read(IFormCollection form, IReadOnlyList<CallGroup> groups, Entry latest, DateOnly today, string? timeZone)
    {
        var read = new CallAnswers(latest, timeZone);
        foreach (var group in groups)
        {
            var typed = form["v." + group.Code].ToString().Trim();
            var boxes = form["c." + group.Code].OfType<string>().Where(c => group.Options.Any(o => o.Code == c)).ToList();
            var target = form["w." + group.Code].ToString();
            read.Answer(group, form["a." + group.Code].ToString(), typed, target.Length > 0 ? target : group.Target, boxes, today);
        }

        return read;
    }

    private void Answer(CallGroup group, string answer, string typed, string target, List<string> boxes, DateOnly today)
    {
        if (group.Input == CallInput.Line && typed.Length > 0)
        {
            Change(group, entry => Typed(group.Code, entry, typed, target));
        }
        else if (group.Input == CallInput.Choice && group.Options.Any(o => o.Code == answer))
        {
            Change(group, entry => Chosen(group.Code, entry, [answer], today));
        }
        else if (group.Input == CallInput.Boxes && boxes.Count > 0 && !boxes.ToHashSet().SetEquals(group.Chosen))
        {
            Change(group, entry => Chosen(group.Code, entry, boxes, today));
        }
        else if ((answer == CallQuestions.Right && group.IsKnown) || (answer == CallQuestions.Wrong && group.Input == CallInput.None) || answer == CallQuestions.Unsure)
        {
            _answers[group.Code] = answer;
        }
    }

    private void Change(CallGroup group, Func<ServiceEntry, ServiceEntry> change)
    {
        try
        {
            var entry = change((ServiceEntry)Corrected);
            // The same value, typed again, is right.
            var isSame = EntryJson.Write(entry) == EntryJson.Write(Corrected);
            _answers[group.Code] = isSame && group.IsKnown ? CallQuestions.Right : CallQuestions.Changed;
            if (!isSame)
            {
                Corrected = entry;
                _corrected.Add(group.Label);
            }
        }
        catch (CellException unreadable)
        {
            _errors.Add((group.Code, $"{unreadable.Message} {unreadable.Remedy}"));
        }
    }

    private ServiceEntry Typed(string group, ServiceEntry entry, string text, string target) => group switch
    {
        "phone" => CallTargets.WithPhone(entry, target, phone => PhoneOf(phone, text)),
        "place" => WithPlace(entry, text, target),
        "hours" => entry with { Hours = HoursOf(entry, text) },
        "languages" => entry with { Languages = [.. TypedValues.Languages(text).Select(l => entry.Languages.FirstOrDefault(k => k.Language == l.Language && l.How.Count == 0) ?? l)] },
        _ when text.Contains('@', StringComparison.Ordinal) => WithEmail(entry, text),
        _ => entry with { Website = WebsiteOf(text) },
    };

    private static ServiceEntry Chosen(string group, ServiceEntry entry, IReadOnlyList<string> codes, DateOnly today) => group switch
    {
        "cost" => entry with { Cost = (entry.Cost ?? new Cost()) with { Options = codes } },
        "immigrationStatus" when entry.Eligibility?.ImmigrationStatus == codes[0] => entry,
        "immigrationStatus" => entry with
        {
            Eligibility = (entry.Eligibility ?? new Eligibility()) with { ImmigrationStatus = codes[0], ImmigrationStatusEvidence = $"Said in a call on {DisplayFormat.Date(today)}." },
        },
        "capacity" when entry.Capacity?.Status == codes[0] => entry,
        "capacity" => entry with { Capacity = new Capacity { Status = codes[0], AsOf = today } },
        _ => entry with { Locations = [entry.Locations[0] with { Accessibility = codes }, .. entry.Locations.Skip(1)] },
    };

    private static Phone PhoneOf(Phone phone, string text)
    {
        var unreadable = new CellException($"'{text}' is not a phone number.", "Type it with the area code.");
        if (PhoneValidator.IsShortCode(text, phone.Type))
        {
            return phone with { Number = text, Extension = null };
        }

        try
        {
            var number = Numbers.Parse(text, "US");
            return !Numbers.IsPossibleNumber(number) ? throw unreadable : phone with
            {
                Number = Numbers.Format(number, PhoneNumberFormat.E164),
                Extension = number.HasExtension ? number.Extension : null,
            };
        }
        catch (NumberParseException)
        {
            throw unreadable;
        }
    }

    private static ServiceEntry WithEmail(ServiceEntry entry, string text) => entry.Emails.Count > 1
        ? throw new CellException("The entry has several email addresses.", "Correct them in the entry's form.")
        : entry with { Emails = [(entry.Emails is [var first] ? first : new Email { Address = "" }) with { Address = text }] };

    private static ServiceEntry WithPlace(ServiceEntry entry, string text, string target)
    {
        var typed = TypedValues.Address(text);
        if (entry.Locations.Count == 0)
        {
            return entry with { Locations = [typed] };
        }

        return CallTargets.WithPlace(entry, target, place => place.Visibility != Visibility.Public
            ? throw new CellException("The first place of this entry is not public.", "Correct it in the entry's form.")
            : Moved(place, typed));
    }

    private static Location Moved(Location place, Location typed)
    {
        var (sameZip, sameStreet) = (typed.PostalCode == place.PostalCode, typed.PostalCode == place.PostalCode && typed.Address1 == place.Address1);
        return place with
        {
            Address1 = typed.Address1,
            Address2 = typed.Address2,
            City = typed.City ?? (sameZip ? place.City : null),
            StateProvince = typed.StateProvince ?? place.StateProvince,
            PostalCode = typed.PostalCode,
            County = typed.County ?? (sameZip ? place.County : null),
            Latitude = sameStreet ? place.Latitude : typed.Latitude,
            Longitude = sameStreet ? place.Longitude : typed.Longitude,
        };
    }

    private Hours HoursOf(ServiceEntry entry, string text)
    {
        var place = entry.Locations is [var first, ..] ? first : null;
        var zone = entry.Hours?.TimeZone ?? TimeZones.Find(place?.StateProvince, place?.PostalCode) ?? _timeZone;
        return TypedValues.Hours(text, zone)
            ?? throw new CellException($"'{text}' can't be read as hours.", "Write them like 'Mon-Thu 8am-7pm; Fri 8am-5pm'.");
    }

    private static string WebsiteOf(string text)
    {
        var address = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Contains('.', StringComparison.Ordinal)
            ? address
            : throw new CellException($"'{text}' is not a web address.", "Type it like www.example.org.");
    }
}
