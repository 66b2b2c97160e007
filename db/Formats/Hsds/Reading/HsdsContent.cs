using HealthEquity.Formats.Files;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Formats.Hsds.Reading;

/// <summary>Services and organizations as HSDS has them, in whatever form they came.</summary>
public abstract class HsdsContent : IDisposable
{
    /// <summary>What it is, for a person: "an HSDS 2.x package, 9 tables in a ZIP".</summary>
    public abstract string Description { get; }

    /// <summary>The standard's version, as far as it shows: "3.1", "2.x".</summary>
    public abstract string Version { get; }

    /// <summary>The files that are read.</summary>
    public abstract IReadOnlyList<SourceFile> Files { get; }

    /// <summary>How many services and organizations without services there are; null where only reading tells.</summary>
    public virtual int? Count => null;

    /// <summary>What is not read: tables and columns that no version of the standard has.</summary>
    public virtual IReadOnlyList<string> Ignored => [];

    /// <summary>Who publishes it, where it says so.</summary>
    public virtual string? Publisher => null;

    /// <summary>The services, and the organizations that have none.</summary>
    /// <param name="faults">Takes up what can't be read.</param>
    /// <exception cref="ImportFileException">It can't be read on from here.</exception>
    public abstract IEnumerable<HsdsThing> Things(ICollection<RowFault> faults);

    /// <summary>Opens a file or folder; null when it is no HSDS.</summary>
    /// <exception cref="ImportFileException">It can't be read, or asks for more than it may.</exception>
    public static HsdsContent? TryOpenAny(string path, SourceLimits limits)
    {
        if (System.IO.Directory.Exists(path))
        {
            return HsdsPackageContent.TryOpenFolder(path, limits);
        }

        return SourceTables.FormOf(path) switch
        {
            FileForm.Zip => HsdsPackageContent.TryOpenZip(path, limits),
            FileForm.Json => HsdsDocuments.TryOpen(path, limits),
            _ => HsdsCorrections.TryOpen(path, limits),
        };
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
