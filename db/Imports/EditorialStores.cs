using FluentValidation.Results;
using HealthEquity.Directory.Entries;
using HealthEquity.Imports.Columns;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Duplicates;
using HealthEquity.Store.Entries;
using HealthEquity.Store.Publishing;
using HealthEquity.Store.Reviews;
using HealthEquity.Store.Settings;
using HealthEquity.Store.Verification;
using HealthEquity.Store.Vocabularies;

namespace HealthEquity.Imports;

/// <summary>The editorial side's stores, put together once. They keep no state of their own and may be used from any thread.</summary>
public sealed class EditorialStores
{
    /// <summary>Puts the stores together.</summary>
    /// <param name="clock">The clock that dates everything.</param>
    /// <param name="validate">The rules that a text must keep before it is reviewed or published.</param>
    public EditorialStores(TimeProvider clock, Func<Entry, ValidationResult> validate)
    {
        Clock = clock;
        Audit = new AuditLog(clock);
        Entries = new EntryStore(clock, Audit);
        Publisher = new Publisher(clock, Audit);
        Reviews = new ReviewStore(Entries, Publisher, Audit, validate);
        Settings = new SettingStore(clock, Audit);
        Checks = new CheckRequests(clock, Publisher, Audit);
        Verifications = new VerificationStore(clock, Publisher, Checks, Audit);
        Mappings = new SavedMappings(clock, Audit);
        Vocabularies = new VocabularyStore(clock);
        Duplicates = new DuplicateStore(clock, Audit);
        Merges = new MergeStore(clock, Audit, Entries, Publisher, Reviews, Duplicates);
    }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The audit log.</summary>
    public AuditLog Audit { get; }

    /// <summary>Entries and their revisions.</summary>
    public EntryStore Entries { get; }

    /// <summary>What is public.</summary>
    public Publisher Publisher { get; }

    /// <summary>The way from a draft to the public.</summary>
    public ReviewStore Reviews { get; }

    /// <summary>The department's settings.</summary>
    public SettingStore Settings { get; }

    /// <summary>Checks against the world.</summary>
    public VerificationStore Verifications { get; }

    /// <summary>Entries that may be one.</summary>
    public DuplicateStore Duplicates { get; }

    /// <summary>Entries made one.</summary>
    public MergeStore Merges { get; }

    /// <summary>Checks that are asked for before their time.</summary>
    public CheckRequests Checks { get; }

    /// <summary>Mappings for imports.</summary>
    public SavedMappings Mappings { get; }

    /// <summary>The vocabularies.</summary>
    public VocabularyStore Vocabularies { get; }
}
